{{/* The image: nginx:1.20 */}}
{{- define "web.image" -}}
{{ printf "%s:%s" .Values.image.repository .Values.image.tag }}
{{- end -}}
{{- define "web.sidecar" -}}
- name: sidecar
  image: quay.io/acme/sidecar:v1
  imagePullPolicy: Always
{{- end -}}
