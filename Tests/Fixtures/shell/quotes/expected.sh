docker run "nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd" 'docker run'
docker run ngi"nx:1.27"
docker run --label "a \"b\" $(date +'%Y')" nginx:1.26@sha256:2ed81a1580c32e96e8df530574dc66980c66524143a30ce4eef7322b588a2d28
docker run -e 'it'"'"'s' nginx:1.25@sha256:b07c1fa29c8dc936d6db6891b04d7647d88ecb270969a682be1b6e033134f8b3
docker run --label=a\ b nginx:1.24@sha256:d941dbc49c29e533eeb576f9af82a6e1b1b4da082d8464f294c1a1beadb24ccf
docker run -e A="größer" nginx:1.23@sha256:8bb643600775f49b25a5816e23bf529f7f00bace204c04df48139bfb6fb7c8b8	# 漢字
docker run -e X="a
b" nginx:1.22@sha256:d88db198ca0d600d98e4a9227fbad1a27e0d583ce517793982943dc7f3a3cd1c
docker run -e J='{"a": {"b": 1}}' nginx:1.21@sha256:bd648759546b233079c519efcffddd122d2446378ef53bfe315947aa476cec94
docker run -e A=$'it\'s' nginx:1.20@sha256:08ef03274e9a32d9b44156b3a11e64d2271ebb74425059f65ce116813d2e37d4
docker run -e "T={{ .Tag }}" -e B=${{ matrix.b }} nginx:1.19@sha256:99167be4d2092e69d43e24496b02e891cfb9e6f7394650e04cd07032fa6da69b
docker run nginx@sha256:2222222222222222222222222222222222222222222222222222222222222222 # tag=1.18
docker run -e OPEN='nothing closes this
docker run nginx:1.17
