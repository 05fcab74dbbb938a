{{/*
<release>-<suffix>, cut so that it keeps within a limit: 63 characters for a label's value, 52 for a CronJob, which adds 11
of its own. A long release's name ends in a hash of it. Call: include "client.name" (list $ "image-refresh" 52)
*/}}
{{- define "client.name" -}}
{{- if ne (len .) 3 }}{{ fail "client.name takes (list $ suffix limit)" }}{{ end -}}
{{- $release := (index . 0).Release.Name -}}
{{- $room := int (sub (index . 2) (len (index . 1) | add1)) -}}
{{- if gt (len $release) $room -}}
{{- $release = printf "%s-%s" (trunc (int (sub $room 9)) $release | trimSuffix "-") (sha256sum $release | trunc 8) -}}
{{- end -}}
{{ $release }}-{{ index . 1 }}
{{- end }}

{{/*
The labels of every object. Call: include "client.labels" (list $ "mysql"), with the component it belongs to.
*/}}
{{- define "client.labels" -}}
{{- if ne (len .) 2 }}{{ fail "client.labels takes (list $ component)" }}{{ end -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/component: {{ index . 1 }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 }}
{{- end }}

{{/*
metadata with name, namespace and labels. Call: include "client.metadata" (list $ "name" "component")
*/}}
{{- define "client.metadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.metadata takes (list $ name component)" }}{{ end -}}
name: {{ index . 1 }}
namespace: {{ (index . 0).Release.Namespace }}
labels:
  {{- include "client.labels" (list (index . 0) (index . 2)) | nindent 2 }}
{{- end }}

{{/*
The Deployment of jobs-manager and the service account it runs as; 1.x named them so. Call: include "client.jobsManager" $
*/}}
{{- define "client.jobsManager" -}}
{{ include "client.name" (list . "jobs-manager" 63) }}
{{- end }}

{{/*
The Deployment of requests-proxy. Call: include "client.requestsProxy" $
*/}}
{{- define "client.requestsProxy" -}}
{{ include "client.name" (list . "requests-proxy" 63) }}
{{- end }}

{{/*
All that belongs to image refresh. Call: include "client.imageRefresh" $
*/}}
{{- define "client.imageRefresh" -}}
{{ include "client.name" (list . "image-refresh" 52) }}
{{- end }}

{{/*
The Secret with the client's id, password and token key. Call: include "client.secret" $
*/}}
{{- define "client.secret" -}}
{{ .Values.existingSecret | default (include "client.name" (list . "secrets" 63)) }}
{{- end }}

{{/*
Requests and limits: what is given laid over the chart's own. Call: include "client.resources" (list given "cpu" …), see
where it is used; the numbers are requests.cpu, requests.memory, limits.cpu, limits.memory, "" for none.
*/}}
{{- define "client.resources" -}}
{{- if ne (len .) 5 }}{{ fail "client.resources takes (list given requestsCpu requestsMemory cpu memory)" }}{{ end -}}
{{- $limits := dict "memory" (index . 4) -}}
{{- with index . 3 }}{{ $_ := set $limits "cpu" . }}{{ end -}}
{{- $own := dict "requests" (dict "cpu" (index . 1) "memory" (index . 2)) "limits" $limits -}}
{{- toYaml (mergeOverwrite $own (deepCopy (index . 0 | default dict))) -}}
{{- end }}

{{/*
What the restricted profile asks of a pod. Call: include "client.podSecurity" $
*/}}
{{- define "client.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/*
What the restricted profile asks of a container. Call: include "client.containerSecurity" $
*/}}
{{- define "client.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
{{- end }}

{{/*
metadata of an object that belongs to no namespace. Call: include "client.clusterMetadata" (list $ "name" "component")
*/}}
{{- define "client.clusterMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.clusterMetadata takes (list $ name component)" }}{{ end -}}
name: {{ index . 1 }}
labels:
  {{- include "client.labels" (list (index . 0) (index . 2)) | nindent 2 }}
{{- end }}
