# escape=`
# é
FROM `
  mcr.microsoft.com/windows/servercore:ltsc2022 `
  AS win
RUN dir C:\
COPY --from=win a b
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022