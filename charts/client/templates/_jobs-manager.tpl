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
Those of the given names that env sets, as variables.
Call: include "client.envOf" (list $ "LOG_LEVEL" "RUNS_KEEP")
*/}}
{{- define "client.envOf" -}}
{{- if lt (len .) 2 }}{{ fail "client.envOf takes (list $ name ...)" }}{{ end -}}
{{- $env := (index . 0).Values.env | default dict -}}
{{- range $name := rest . }}
{{- with get $env $name }}
- name: {{ $name }}
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The variables of the pods monitor, as in 1.x.
Call: include "client.podsMonitorEnv" $
*/}}
{{- define "client.podsMonitorEnv" -}}
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
The variables of jobs-manager. It has no password of the client, and of env only what its program reads.
INGESTOR_IMAGE_DIGEST without a value keeps the digest that image refresh wrote: with a value, even an empty one, helm
and image refresh would conflict.
Call: include "client.apiEnv" $
*/}}
{{- define "client.apiEnv" -}}
{{- $ingestor := (include "client.images" . | fromYaml).ingestor -}}
{{- $ingestion := .Values.ingestion | default dict -}}
{{- $resources := include "client.resources" (list "ingestion" $ingestion.resources) | fromYaml -}}
- name: LISTEN
  value: 0.0.0.0:8080
- name: CLIENT_ENV
  value: {{ include "client.environment" . }}
- name: MYSQL_HOST
  value: mysql-client
- name: MYSQL_PORT
  value: "3306"
- name: DB_NAME
  value: metadata
- name: DB_USER
  valueFrom:
    secretKeyRef:
      name: {{ include "client.databaseSecret" . | quote }}
      key: JOBS_MANAGER_DB_USER
- name: DB_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "client.databaseSecret" . | quote }}
      key: JOBS_MANAGER_DB_PASSWORD
- name: POD_TOKEN_SIGNING_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ include "client.secret" . | quote }}
      key: POD_TOKEN_SIGNING_SECRET
- name: POD_TOKEN_TTL_SECONDS
  value: {{ include "client.tokenSeconds" . | quote }}
- name: REQUESTS_PROXY_URL
  value: http://requests-proxy-service:8888
- name: INGESTION_AUTHZ
  value: /etc/tracebloc/ingestion-authz.yaml
- name: CLIENT_PVC
  value: client-pvc
- name: INGEST_DB_SECRET
  value: {{ include "client.databaseSecret" . | quote }}
{{- with (.Values.database).caBundle }}
- name: MYSQL_SSL_CA
  value: /etc/database-ca/ca.crt
- name: INGEST_DB_CA
  value: {{ . | quote }}
{{- end }}
- name: INGEST_REQUESTS
  value: {{ include "client.pairs" $resources.requests | quote }}
- name: INGEST_LIMITS
  value: {{ include "client.pairs" $resources.limits | quote }}
{{- with include "client.pairs" ($ingestion.nodeSelector | default dict) }}
- name: INGEST_NODE_SELECTOR
  value: {{ . | quote }}
{{- end }}
- name: INGESTOR_IMAGE_REPOSITORY
  value: {{ $ingestor.repository }}
- name: INGESTOR_IMAGE_TAG
  value: {{ $ingestor.tag | quote }}
- name: INGESTOR_IMAGE_DIGEST
  {{- with include "client.ingestorDigest" . }}
  value: {{ . | quote }}
  {{- end }}
- name: JOB_IMAGE_HOST
  value: {{ (.Values.global).imageRegistry | default "docker.io" }}/
{{- with include "client.pullSecret" . }}
- name: IMAGE_PULL_SECRET_NAME
  value: {{ . | quote }}
{{- end }}
{{- if not (include "client.hasFixedUser" .) }}
- name: INGEST_FIXED_USER
  value: "false"
{{- end }}
{{- include "client.envOf"
    (list . "RUNTIME_CLASS_NAME" "HOST_UID" "HOST_GID" "RUNS_KEEP" "RUNS_KEEP_DAYS" "LOG_LEVEL") }}
{{- end }}

{{/*
The life of a run's token in seconds; 1.x called the value podTokenTtlSeconds.
Call: include "client.tokenSeconds" $
*/}}
{{- define "client.tokenSeconds" -}}
{{ (.Values.env).POD_TOKEN_TTL_SECONDS | default .Values.podTokenTtlSeconds | default 604800 | int64 }}
{{- end }}

{{/*
A map as jobs-manager reads one, without the keys that are null: cpu=250m,memory=512Mi.
Call: include "client.pairs" $map
*/}}
{{- define "client.pairs" -}}
{{- $pairs := list -}}
{{- range $key, $value := . -}}
{{- if not (kindIs "invalid" $value) }}{{ $pairs = append $pairs (printf "%s=%s" $key (toString $value)) }}{{ end -}}
{{- end -}}
{{- join "," $pairs -}}
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
The permissions of jobs-manager and of its pods monitor in the namespace: both run as one account.
Call: include "client.jobsManagerRules" $
*/}}
{{- define "client.jobsManagerRules" -}}
# Runs a Job, with a ConfigMap and a Secret, for each data set, and follows it. It reads back a ConfigMap that exists
# already, and replaces that of an earlier Job. Secrets it replaces unread, because RBAC cannot limit reading to its
# own.
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [create, get, delete]
- apiGroups: [""]
  resources: [secrets]
  verbs: [create, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
# The pods of these Jobs, and for the pods monitor all.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
# The pods monitor.
- apiGroups: [""]
  resources: [pods/log, events]
  verbs: [get, list, watch]
- apiGroups: [apps]
  resources: [deployments, daemonsets]
  verbs: [get, list, watch]
- apiGroups: [metrics.k8s.io]
  resources: [pods]
  verbs: [get, list]
{{- end }}

{{/*
The permissions of jobs-manager in the cluster: it authenticates requests.
Call: include "client.jobsManagerClusterRules" $
*/}}
{{- define "client.jobsManagerClusterRules" -}}
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
{{- end }}
