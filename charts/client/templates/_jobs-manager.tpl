{{/*
A list of variables, followed by those of env that are not in it: of two variables with one name Kubernetes keeps the
last, and env must not undo the chart's. The parts of the proxy's address stay out of pods.
Call: include "client.withEnv" (list $ variables)
*/}}
{{- define "client.withEnv" -}}
{{- if ne (len .) 2 }}{{ fail "client.withEnv takes (list $ variables)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $taken := list "HTTP_PROXY_HOST" "HTTP_PROXY_PORT" "HTTP_PROXY_USERNAME" "HTTP_PROXY_PASSWORD" "NO_PROXY" -}}
{{- range index . 1 | fromYamlArray }}{{ $taken = append $taken .name }}{{ end -}}
{{- index . 1 -}}
{{- range $name, $value := $root.Values.env | default dict }}
{{- if and (not (has $name $taken)) (ne (toString $value) "") }}
- name: {{ $name | quote }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The variables of both containers of jobs-manager.
Call: include "client.sharedEnv" $
*/}}
{{- define "client.sharedEnv" -}}
{{- with include "client.proxyEnv" . }}{{ trim . }}{{ "\n" }}{{ end -}}
- name: CLIENT_ID
  valueFrom:
    secretKeyRef:
      name: {{ include "client.secret" . | quote }}
      key: CLIENT_ID
- name: CLIENT_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "client.secret" . | quote }}
      key: CLIENT_PASSWORD
- name: CLIENT_ENV
  value: {{ include "client.environment" . }}
- name: CLIENT_LOGS_PVC
  value: client-logs-pvc
- name: JOB_IMAGE_HOST
  value: {{ (.Values.global).imageRegistry | default "docker.io" }}/
{{- with include "client.pullSecret" . }}
- name: IMAGE_PULL_SECRET_NAME
  value: {{ . | quote }}
{{- end }}
- name: RUNTIME_CLASS_NAME
  value: {{ (.Values.env).RUNTIME_CLASS_NAME | default "" | quote }}
{{- end }}

{{/*
The further variables of container api. INGESTOR_IMAGE_DIGEST without a value keeps the digest that image refresh wrote:
with a value, even an empty one, helm and image refresh would conflict.
Call: include "client.apiEnv" $
*/}}
{{- define "client.apiEnv" -}}
{{- $ingestor := (include "client.images" . | fromYaml).ingestor -}}
{{ include "client.sharedEnv" . }}
- name: CLIENT_PVC
  value: client-pvc
- name: MYSQL_HOST
  value: mysql-client
- name: REQUESTS_PROXY_URL
  value: http://requests-proxy-service:8888
- name: POD_TOKEN_SIGNING_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ include "client.secret" . | quote }}
      key: POD_TOKEN_SIGNING_SECRET
- name: POD_TOKEN_TTL_SECONDS
  value: {{ (.Values.env).POD_TOKEN_TTL_SECONDS | default .Values.podTokenTtlSeconds | default 604800 | int64 | quote }}
- name: SINGLE_NODE
  value: {{ include "client.singleNode" . | default "false" | quote }}
- name: INGESTOR_IMAGE_REPOSITORY
  value: {{ $ingestor.repository }}
- name: INGESTOR_IMAGE_TAG
  value: {{ $ingestor.tag | quote }}
- name: INGESTOR_IMAGE_DIGEST
  {{- with include "client.ingestorDigest" . }}
  value: {{ . | quote }}
  {{- end }}
{{- end }}

{{/*
"true" where the cluster is one node: by SINGLE_NODE, else with hostPath.
Call: include "client.singleNode" $
*/}}
{{- define "client.singleNode" -}}
{{- $given := (.Values.env).SINGLE_NODE | default "" -}}
{{- if $given }}{{ if eq (toString $given) "true" }}true{{ end }}{{ else if (.Values.hostPath).enabled }}true{{ end -}}
{{- end }}

{{/*
"true" where an eviction waits for the only pod: by the value, else unless there is a single node, whose drain would
never end.
Call: include "client.isProtected" (list $ given)
*/}}
{{- define "client.isProtected" -}}
{{- if ne (len .) 2 }}{{ fail "client.isProtected takes (list $ given)" }}{{ end -}}
{{- if kindIs "bool" (index . 1) -}}
{{- if index . 1 }}true{{ end -}}
{{- else if not (include "client.singleNode" (index . 0)) -}}
true
{{- end -}}
{{- end }}

{{/*
The permissions of jobs-manager in its namespace: run and watch Jobs, create a ConfigMap and a Secret for each, and read
the running versions. It reads a ConfigMap back when it exists already, and no Secret: RBAC cannot limit it to its own.
Call: include "client.jobsManagerRules" $
*/}}
{{- define "client.jobsManagerRules" -}}
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [""]
  resources: [pods, pods/log, events]
  verbs: [get, list, watch]
- apiGroups: [apps]
  resources: [deployments, daemonsets]
  verbs: [get, list, watch]
- apiGroups: [metrics.k8s.io]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [create, get]
- apiGroups: [""]
  resources: [secrets]
  verbs: [create]
{{- end }}

{{/*
Its permissions in the cluster: authenticate requests, and find GPU nodes.
Call: include "client.jobsManagerClusterRules" $
*/}}
{{- define "client.jobsManagerClusterRules" -}}
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
- apiGroups: [""]
  resources: [nodes]
  verbs: [list]
{{- end }}
