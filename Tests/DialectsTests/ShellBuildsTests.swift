import Dialects
import References
import SourceText
import Testing

@Suite struct ShellBuildsTests {
  private func names(_ text: String) -> [String] { ShellBuilds.ownImages(in: SourceText(text)).map(\.name.familiar) }

  @Test(arguments: [
    ("docker build -t acme/app .", ["acme/app"]),
    ("docker build -tacme/app .", ["acme/app"]),
    ("docker build -t=acme/app .", ["acme/app"]),
    ("docker build -qt acme/app .", ["acme/app"]),
    ("docker build --tag acme/app:1.0 .", ["acme/app"]),
    ("docker build --tag=ghcr.io/acme/app:1.0 .", ["ghcr.io/acme/app"]),
    ("docker image build -t acme/app .", ["acme/app"]),
    ("docker buildx build --platform linux/amd64,linux/arm64 -t acme/a -t acme/b --push .", ["acme/a", "acme/b"]),
    ("docker buildx --builder x build -t acme/a .", ["acme/a"]),
    ("docker builder build -t acme/a .", ["acme/a"]),
    ("docker --context remote build -t acme/a .", ["acme/a"]),
    ("docker -H tcp://build:2375 --debug build -t acme/a .", ["acme/a"]),
    ("docker buildx imagetools create -t acme/a acme/a-amd64 acme/a-arm64", ["acme/a"]),
    ("docker manifest create acme/a acme/a-amd64", ["acme/a"]),
    ("docker buildx build --output type=image,name=acme/a:1,push=true .", ["acme/a"]),
    ("podman build -f Containerfile -t acme/a:1", ["acme/a"]),
    ("podman build --manifest acme/a .", ["acme/a"]),
    ("nerdctl -n k8s.io build -t acme/a .", ["acme/a"]),
    ("buildah bud -t acme/a .", ["acme/a"]),
    ("buildah build --tag acme/a .", ["acme/a"]),
    ("buildah commit ctr acme/a", ["acme/a"]),
    ("img build -t acme/a .", ["acme/a"]),
    ("/usr/bin/docker build -t acme/a .", ["acme/a"]),
    ("sudo docker build -t acme/a .", ["acme/a"]),
    ("DOCKER_BUILDKIT=1 docker build -t acme/a .", ["acme/a"]),
    ("docker.exe build -t acme/a .", ["acme/a"]),
    ("docker tag acme/a:1 registry.test:5000/acme/b:2", ["registry.test:5000/acme/b"]),
    ("docker image tag acme/a acme/b > /dev/null", ["acme/b"]),
    ("podman tag acme/a acme/b acme/c", ["acme/b", "acme/c"]),
    ("docker commit -m 'a message' ctr acme/a:1", ["acme/a"]),
    ("docker container commit ctr acme/a", ["acme/a"]),
  ]) func `knows the commands that make images`(_ line: String, _ expected: [String]) {
    #expect(names(line) == expected)
  }

  @Test(arguments: [
    ("docker build -t \"acme/app\" .", ["acme/app"]),
    ("docker build -t 'acme/app' .", ["acme/app"]),
    ("docker build --tag=\"acme/app:$TAG\" .", ["acme/app"]),
    ("docker build --label \"a b\" -t acme/app .", ["acme/app"]),
    ("docker build --label=\"a -t x\" -t acme/app .", ["acme/app"]),
    ("sh -c \"docker build -t acme/app\" && echo \"x\"", ["acme/app"]),
    ("bash -c 'docker build -t acme/a .' && bash -c 'docker build -t acme/b .'", ["acme/a", "acme/b"]),
    ("{\"scripts\": {\"build\": \"docker build -t \\\"acme/app\\\" .\", \"x\": \"docker build . -t acme/b\"}}", ["acme/app", "acme/b"]),
    ("docker build -t acme/app:${VERSION} .", ["acme/app"]),
    ("docker build -t acme/app:${VERSION:-a/b} .", ["acme/app"]),
    ("docker build -t acme/app:v1-$(git rev-parse --short HEAD) -t acme/b .", ["acme/app", "acme/b"]),
    ("docker build -t \"acme/app:${{ github.sha }}\" .", ["acme/app"]),
    ("docker build -t acme/app:${{ github.sha }} -t acme/b:{{ tag }} .", ["acme/app", "acme/b"]),
    ("docker build -t acme/app:%TAG% .", ["acme/app"]),
    ("docker build -t localhost:5000/app:$TAG .", ["localhost:5000/app"]),
    ("docker build -t acme/app:$$TAG .", ["acme/app"]),
  ]) func `reads quotes and templated tags`(_ line: String, _ expected: [String]) {
    #expect(names(line) == expected)
  }

  @Test(arguments: [
    "docker build -t $IMAGE .", "docker build -t ${REGISTRY}/app:1 .", "docker build -t localhost:$PORT/app .",
    "docker build -t \"$REG\"/app .", "docker build .",
    "docker build -t", "docker run -t acme/app", "docker exec -t acme/app sh", "docker compose build -t x", "docker-compose build",
    "mydocker build -t a/b .",
    "go build -tags netgo", "$(GO) build -tags netgo", "docker pull acme/app", "docker push acme/app", "# docker build -t acme/app .",
    "  # docker build -t acme/app .",
    "make # docker build -t acme/app .", "docker build -t Acme/App .", "docker build -t . .", "docker tag acme/a", "docker tag", "docker",
    "docker ", "docker build -t 'a",
    "helm package --destination charts", "docker build . # -t acme/app", "docker build .; other -t acme/app",
    "docker build . | tee -t acme/app", "$(docker build -q .) -t x",
  ]) func `records nothing else`(_ line: String) {
    #expect(names(line) == [])
    #expect(names(line + "\n") == [])
  }

  @Test func `reads lines that are continued`() {
    #expect(names("docker build \\\n  --pull \\\n  -t acme/a \\\n  -t acme/b \\\n  .\n") == ["acme/a", "acme/b"])
    #expect(names("docker build \\\r\n  -t acme/a \\  \r\n  --tag \\\r\n acme/b .\r\n") == ["acme/a", "acme/b"])
    #expect(names("docker \\\n build -t acme/a .") == ["acme/a"])
    #expect(names("docker build ^\r\n  -t acme/a .\r\ndocker build `\n -t acme/b .") == ["acme/a", "acme/b"])
    #expect(names("docker build .\nother \\\n -t acme/a\n") == [])
  }

  @Test func `reads workflows`() {
    let workflow = """
      jobs:
        build:
          steps:
            - run: docker build -t acme/one .
            - run: "docker build -t acme/two ."
            - name: é
              run: |
                # docker build -t acme/no .
                echo "it's" && docker build -t acme/three:${{ github.sha }} .
                docker push acme/three
            - run: >
                docker buildx build
                --push
                -t acme/four
                .
            - run: docker tag acme/one ghcr.io/acme/five:latest # publish
      """
    #expect(names(workflow) == ["acme/one", "acme/two", "acme/three", "acme/four", "ghcr.io/acme/five"])
    #expect(names(workflow.replacing("\n", with: "\r\n")) == names(workflow))
  }

  @Test func `reads makefiles`() {
    let makefile = """
      image:
      \t@docker build -t acme/one:$(VERSION) .
      \t-docker build -t acme/two .
      \t$(CONTAINER_TOOL) build -t acme/three .
      \t${DOCKER} build --tag acme/four .
      \t$(DOCKER) build -t $(IMG) .
      \tdocker tag acme/one:$(VERSION) registry.test/one:latest
      """
    #expect(names(makefile) == ["acme/one", "acme/two", "acme/three", "acme/four", "registry.test/one"])
  }

  @Test func `reads kaniko only where it is named`() {
    #expect(names("/kaniko/executor --context . --destination acme/a --destination=acme/b:$TAG") == ["acme/a", "acme/b"])
    #expect(names("image: gcr.io/kaniko-project/executor\nargs: [\"--destination=acme/a:1\",\"--cache\"]\n") == ["acme/a"])
    #expect(names("args:\n  - --destination=acme/a\n  # kaniko\n") == ["acme/a"])
    #expect(names("executor --destination acme/a") == [])
  }

  @Test(arguments: [
    ("IMG ?= controller:latest\nbuild:\n\t$(CONTAINER_TOOL) build -t ${IMG} .", ["controller"]),
    ("BASE := acme/op\nIMG = $(BASE)-bundle:v$(VERSION)\n\tdocker build -t $(IMG) .", ["acme/op-bundle"]),
    ("export IMG='acme/app'\ndocker build -t \"$IMG:$TAG\" .", ["acme/app"]),
    ("env:\n  IMAGE: acme/app # é\nrun: docker build -t ${{ env.IMAGE }}:${{ github.sha }} .", ["acme/app"]),
    ("- REG=ghcr.io/acme\r\n- docker build -t $REG/app .\r\n", ["ghcr.io/acme/app"]),
    ("docker build -t ${IMG:-acme/app}:1 .", ["acme/app"]),
    ("IMG=a/b docker build -t $IMG .", ["a/b"]),
    ("IMG=$OTHER\ndocker build -t $IMG .", []),
    ("A=$B\nB=$A\ndocker build -t $A .", []),
    ("A=$A$A$A$A\ndocker build -t $A .", []),
    ("IMG=\nacme/app\ndocker build -t $IMG .", []),
    ("IMG == x\ndocker build -t $IMG .", []),
    ("echo IMG=acme/app\ndocker build -t $IMG .", []),
  ]) func `follows variables that the file sets`(_ text: String, _ expected: [String]) {
    #expect(names(text) == expected)
  }

  @Test func `names each image once at its first place`() throws {
    let text = SourceText("\u{FEFF}# é\ndocker build -t \"acme/a:1\" .\ndocker build -t docker.io/acme/a:1 .")
    let images = ShellBuilds.ownImages(in: text)
    #expect(images.map(\.name.familiar) == ["acme/a"])
    #expect(images.map(\.extent) == [.tag(try #require(Tag("1")))])
    #expect(images.map { text.position(at: $0.byteOffset) } == [SourcePosition(line: 2, column: 18)])
  }

  @Test(arguments: [
    "docker build ", "docker build -t ", "$(docker build ", "docker build \"$(", "docker build -t \"{{ ", "docker tag '",
    "docker build \\\n", "--destination kaniko ", "'\"", "docker #'",
  ])
  func `long runs of one text end`(_ text: String) {
    _ = names(String(repeating: text, count: 20_000))
  }

  @Test func `variables of variables end`() {
    func many(_ text: String) -> String { String(repeating: text, count: 3_000) }
    let empty = "A=\(many("$B"))\nB=\(many("$C"))\nC=\(many("$D"))\nD=''\n"
    #expect(names(empty + many("docker build -t $A -t acme/app .\n")) == ["acme/app"])
  }

  @Test func `every prefix of a script is read`() {
    let script = Array(
      "docker build -t \"acme/a:${{ x }}\" \\\r\n -o type=image,name=é/b && $(DOCKER) tag a b\n/kaniko/executor --destination='acme/c'".utf8
    )
    for count in 0...script.count {
      for image in ShellBuilds.ownImages(in: SourceText(Array(script[..<count]))) { #expect(image.byteOffset < count) }
    }
  }

  @Test(
    arguments: [
      ("kind load docker-image acme/a:dev acme/b:1 --name x", ["acme/a", "acme/b"]),
      ("kind load --name x docker-image acme/a:dev", ["acme/a"]),
      ("k3d image import acme/a:dev -c cluster", ["acme/a"]), ("minikube -p x image load acme/a:dev", ["acme/a"]),
      ("minikube image build -t acme/a:dev .", ["acme/a"]), ("minikube image tag acme/a acme/b", ["acme/b"]),
      ("pack build acme/a --builder x/y:1 --publish --path . -t acme/b", ["acme/a", "acme/b"]),
      ("pack build --builder x/y:1 acme/a", ["acme/a"]), ("img build -t acme/a .", ["acme/a"]),
      // What is only carried to the cluster is pulled from a registry.
      ("docker pull acme/a:1\nkind load docker-image acme/a:1", []), ("kind load docker-image nginx:1.27", []),
      ("kind load image-archive a.tar", []), ("kind create cluster --image acme/a:1", []), ("kind: load docker-image acme/a", []),
      ("minikube image ls acme/a", []), ("pack builder create acme/a", []), ("k3d cluster create --image acme/a", []),
    ] as [(String, [String])]) func `names that are put into clusters, and those of pack`(_ line: String, _ expected: [String])
  {
    #expect(names(line + "\n") == expected)
  }
}
