{ pkgs, dockerTools }:
{
  image = dockerTools.buildImage {
    name = "acme/nix";
    tag = "1";
    config.Cmd = [ "/bin/x" ];
  };
  layered = dockerTools.buildLayeredImage rec { name = "acme/nix-layered"; contents = [ pkgs.hello ]; };
  computed = dockerTools.streamLayeredImage { name = "acme/${name}"; };
}
