{{/*
The variables of requests-proxy, which alone has the client's password.
Call: include "client.requestsProxyEnv" $
*/}}
{{- define "client.requestsProxyEnv" -}}
{{- with include "client.proxyEnv" . }}{{ trim . }}{{ "\n" }}{{ end -}}
- name: LISTEN
  value: 0.0.0.0:8888
- name: CLIENT_ENV
  value: {{ include "client.environment" . }}
{{- range list "CLIENT_ID" "CLIENT_PASSWORD" "POD_TOKEN_SIGNING_SECRET" }}
- name: {{ . | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ include "client.secret" $ | quote }}
      key: {{ . }}
{{- end }}
- name: POD_TOKEN_TTL_SECONDS
  value: {{ include "client.tokenSeconds" . | quote }}
{{- with include "client.caFile" . }}
- name: BACKEND_CA_FILE
  value: {{ . }}
{{- end }}
{{- include "client.envOf" (list . "BACKEND_URL" "LOG_LEVEL") }}
{{- end }}
