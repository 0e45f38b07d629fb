docker run "nginx:1.27" 'docker run'
docker run ngi"nx:1.27"
docker run --label "a \"b\" $(date +'%Y')" nginx:1.26
docker run -e 'it'"'"'s' nginx:1.25
docker run --label=a\ b nginx:1.24
docker run -e A="größer" nginx:1.23	# 漢字
docker run -e X="a
b" nginx:1.22
docker run -e J='{"a": {"b": 1}}' nginx:1.21
docker run -e A=$'it\'s' nginx:1.20
docker run -e "T={{ .Tag }}" -e B=${{ matrix.b }} nginx:1.19
docker run nginx@sha256:2222222222222222222222222222222222222222222222222222222222222222 # tag=1.18
docker run -e OPEN='nothing closes this
docker run nginx:1.17
