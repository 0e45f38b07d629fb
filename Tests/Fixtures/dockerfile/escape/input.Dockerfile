# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS core
COPY --from=mcr.microsoft.com/windows/nanoserver:ltsc2022 `
  C:\a C:\b
