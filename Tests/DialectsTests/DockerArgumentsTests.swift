import Dialects
import Testing

@Suite struct DockerArgumentsTests {
  @Test(arguments: [
    ("nginx:1", "nginx:1"), ("  nginx:1  run", "nginx:1"), ("--rm -it nginx:1 --rm", "nginx:1"), ("--entrypoint sh nginx:1", "nginx:1"),
    ("--entrypoint=sh nginx:1", "nginx:1"), ("-e A=b -eC=d nginx:1", "nginx:1"), ("-itu root nginx:1", "nginx:1"),
    ("-uroot nginx:1", "nginx:1"), ("--\tnginx:1", "nginx:1"), ("--network host\nnginx:1", "nginx:1"), ("nginx:1 'a b'", "nginx:1"),
    ("-v /a:/b -w /b nginx:1", "nginx:1"),
  ]) func `finds the first word behind the flags`(_ line: String, _ image: String) throws {
    let range = try #require(DockerArguments.image(in: line))
    #expect(String(decoding: Array(line.utf8)[range], as: UTF8.self) == image)
  }

  @Test(arguments: ["", " ", "--rm", "--unknown nginx:1", "-x nginx:1", "--entrypoint 'a b' nginx:1", "\"nginx:1\"", "--entrypoint", "-e"])
  func `says so where the image is not certain`(_ line: String) {
    #expect(DockerArguments.image(in: line) == nil)
  }
}
