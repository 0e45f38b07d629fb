import Testing

/// Files that look like those that tagpin reads, and are none, or hold texts that look like references.
@Suite struct LookalikeTests {
  private static func pod(_ variable: String) -> String {
    "apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{\(variable)}]}]}\n"
  }

  private static func configMap(_ data: String) -> String { "apiVersion: v1\nkind: ConfigMap\ndata:\n\(data)\n" }

  @Test(arguments: [
    // Lists that are called as Prow's are.
    ("a/periodics.yaml", "periodics:\n  - {name: weekly, image: 'cover:1', pages: 3}\n"),
    ("a/presubmits.yaml", "presubmits:\n  acme/web: [lint, test]\nspec: {image: 'nginx:1.25'}\n"),
    ("a/postsubmits.yaml", "postsubmits: {acme/web: {name: a, spec: {containers: [{image: 'nginx:1.25'}]}}}\n"),
    // Variables, and data of ConfigMaps.
    ("a/pod.yaml", pod("name: BASE_IMAGE, value: logo.png")), ("a/pod.yaml", pod("name: IMAGE_HOST, value: 'thumbnails:8080'")),
    ("a/pod.yaml", pod("name: IMAGE_BUCKET, value: 'minio.svc:9000/bucket'")), ("a/pod.yaml", pod("name: IMAGE_PATH, value: /srv/a:1")),
    ("a/pod.yaml", pod("name: IMAGE_URL, value: 'https://acme.test/web:1'")), ("a/pod.yaml", pod("name: SERVER, value: 'acme.test/web:1'")),
    ("a/docs.yaml", configMap("  README.md: |\n    # Images\n    image: nginx:1.25\n    Use quay.io/acme/web:1.0 as IMAGE.")),
    ("a/docs.yaml", configMap("  images.json: '{\"web\":\"nginx:1.25\"}'")),
    ("a/docs.yaml", configMap("  nginx.conf: |\n    image nginx:1.25;")),
    ("a/secret.yaml", "apiVersion: v1\nkind: Secret\nstringData: {WEB_IMAGE: 'quay.io/acme/web:1'}\n"),
    // Bundles of operators.
    (
      "a/csv.yaml",
      "apiVersion: operators.coreos.com/v1alpha1\nkind: ClusterServiceVersion\nmetadata:\n  annotations: {containerImage: logo.png, alm-examples: '[]'}\nspec: {description: 'image: nginx:1.25', icon: [{base64data: 'a/b:1'}]}\n"
    ),
    // Packages of another group, and a disk that is no image.
    ("a/provider.yaml", "apiVersion: acme.test/v1\nkind: Provider\nspec: {package: 'acme/image:v1'}\n"),
    (
      "a/volume.yaml", "apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nspec: {source: {http: {url: 'https://acme.test/image:1'}}}\n"
    ),
    // A score of music, a program of Pulumi in another language, a list of definitions.
    ("a/score.yaml", "title: Suite\ncontainers: {first: {image: 'cover:1'}}\n"),
    ("Pulumi.yaml", "name: web\nruntime: nodejs\ndescription: 'image: nginx:1.25'\nconfig: {web:imageTag: '1.25'}\n"),
    ("a/terms.yaml", "containerDefinitions: {image: 'a box:1', crate: none}\n"),
    ("a/terms.json", "{\"containerDefinitions\": {\"image\": \"a:1\"}}"),
    // Charts.
    ("values.yaml", "notes: |\n  - name: web\n    image: nginx:1.25\nbooks: [{name: a, reference: 'isbn:1'}]\n"),
    ("Chart.yaml", "name: web\nannotations: {images: none, artifacthub.io/changes: '- image: nginx:1.25'}\n"),
    // Patches.
    (
      "kustomization.yaml",
      "patches:\n  - patch: |-\n      - op: test\n        path: /spec/containers/0\n        value: {image: 'nginx:1.25'}\n      - op: add\n        path: /metadata/annotations\n        value: {image: 'nginx:1.25'}\n"
    ),
    // Variables of scripts and Makefiles, and flags of programs.
    ("a.sh", "IMAGE=logo.png\nBOOT_IMAGE=/boot/vmlinuz:6\nIMAGE_URL=https://a.test/b:1\nDISK_IMAGE=thumbnails:8080\n"),
    ("Makefile", "IMAGE = logo.png\nIMAGE_TAG = web:1\nTIME = 12:30\nimage: a:1\n\tconvert logo.png\n"),
    ("a/tool.sh", "#!/usr/bin/env python3\nIMAGE = 'nginx:1.25'\n"),
    (
      "a/pod.yaml",
      "apiVersion: v1\nkind: Pod\nspec: {containers: [{args: ['--image-pull-policy=Always', '--addr=a.test/b:1', '--image=web', 'image=a/b:1']}]}\n"
    ),
    // A rule of Bazel that has the name of another one, and its arguments.
    ("a/defs.bzl", "pull(name = \"a\", repository = \"acme/web\", tag = \"1\")\n"),
    // Folders that are called as those of roles are.
    ("vars/site.yml", "title: Docs\nimage: logo.png\nog_image: https://acme.test/a:1\nversion: 1.25.0\n"),
    ("roles/vm/defaults/main.yml", "vm_image: debian-12\nvm_ami_image: ami-0123\nvm_tag: web:1\n"),
  ]) func `hold nothing`(_ path: String, _ text: String) async {
    #expect(await IncludedFilesTests.sites([(path, text)]) == [])
  }
}
