{{/*
The variables of requests-proxy.
Call: include "client.requestsProxyEnv" $
*/}}
{{- define "client.requestsProxyEnv" -}}
{{- with include "client.proxyEnv" . }}{{ trim . }}{{ "\n" }}{{ end -}}
- name: CLIENT_ENV
  value: {{ include "client.environment" . }}
- name: MYSQL_HOST
  value: mysql-client
- name: EXPERIMENTS_QUEUE_NAME
  value: experiments
- name: FLOPS_QUEUE_NAME
  value: flops
{{- range list "CLIENT_ID" "CLIENT_PASSWORD" "POD_TOKEN_SIGNING_SECRET" }}
- name: {{ . | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ include "client.secret" $ | quote }}
      key: {{ . }}
{{- end }}
{{- end }}
