# escape=`
# é
FROM `
  mcr.microsoft.com/windows/servercore:ltsc2022@sha256:bc3bc8408e84c12c2b5f24aa91b444894b55e26069b66e8034890634b08aef1d `
  AS win
RUN dir C:\
COPY --from=win a b
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022@sha256:7f517f3f53bc64b0298c886ff9b1aedce1e2539c7ad2a28a46e4c4f4ef991959