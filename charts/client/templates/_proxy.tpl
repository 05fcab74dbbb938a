{{/*
The proxy's address with its credentials, encoded for a URL. Empty without a proxy.
Call: include "client.proxyUrl" $
*/}}
{{- define "client.proxyUrl" -}}
{{- $env := .Values.env | default dict -}}
{{- if $env.HTTP_PROXY_HOST -}}
http://
{{- with $env.HTTP_PROXY_USERNAME -}}
{{ include "client.urlEncoded" . }}:{{ include "client.urlEncoded" ($env.HTTP_PROXY_PASSWORD | default "") }}@
{{- end -}}
{{ $env.HTTP_PROXY_HOST }}
{{- with $env.HTTP_PROXY_PORT }}:{{ . }}{{ end -}}
{{- end -}}
{{- end }}

{{/*
A text as part of a URL; urlquery alone writes + for a space, which means a space in a query only.
Call: include "client.urlEncoded" "p@ss word"
*/}}
{{- define "client.urlEncoded" -}}
{{ urlquery . | replace "+" "%20" }}
{{- end }}

{{/*
The proxy as environment variables, in both spellings, because programs differ in which they read. Private networks, the
cluster's own names and the API server, whose address the kubelet fills in, bypass it.
Call: include "client.proxyEnv" $
*/}}
{{- define "client.proxyEnv" -}}
{{- if include "client.proxyUrl" . -}}
{{- $direct := list "localhost" "127.0.0.1" "0.0.0.0" "169.254.169.254" "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16"
  ".svc" ".svc.cluster.local" ".cluster.local" "host.k3d.internal" "$(KUBERNETES_SERVICE_HOST)" -}}
{{- with .Values.env.NO_PROXY }}{{ $direct = prepend $direct . }}{{ end -}}
{{- range list "HTTP_PROXY" "HTTPS_PROXY" "http_proxy" "https_proxy" }}
- name: {{ . | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ include "client.name" (list $ "proxy") }}
      key: url
{{- end }}
{{- range list "NO_PROXY" "no_proxy" }}
- name: {{ . | quote }}
  value: {{ join "," $direct | quote }}
{{- end }}
{{- end -}}
{{- end }}
