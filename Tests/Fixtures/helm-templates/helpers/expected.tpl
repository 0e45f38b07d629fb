{{/* The image: nginx:1.20 */}}
{{- define "web.image" -}}
{{ printf "%s:%s" .Values.image.repository .Values.image.tag }}
{{- end -}}
{{- define "web.sidecar" -}}
- name: sidecar
  image: quay.io/acme/sidecar:v1@sha256:cfe9107c075d430f4c739290869e64c00985db114d1b08df0f4cc76eb7af4ce5
  imagePullPolicy: Always
{{- end -}}
