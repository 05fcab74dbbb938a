{{/*
<release>-<suffix> within the 63 characters of a label's value.
Call: include "client.name" (list $ "requests-proxy")
*/}}
{{- define "client.name" -}}
{{- if ne (len .) 2 }}{{ fail "client.name takes (list $ suffix)" }}{{ end -}}
{{- include "client.nameWithin" (append . 63) -}}
{{- end }}

{{/*
The same for a CronJob: its Jobs' names add 11 characters.
Call: include "client.cronJobName" (list $ "image-refresh")
*/}}
{{- define "client.cronJobName" -}}
{{- if ne (len .) 2 }}{{ fail "client.cronJobName takes (list $ suffix)" }}{{ end -}}
{{- include "client.nameWithin" (append . 52) -}}
{{- end }}

{{/*
<release>-<suffix> within a limit: a release name that is too long is cut and ends in a hash of itself.
Call: include "client.nameWithin" (list $ "image-refresh" 52)
*/}}
{{- define "client.nameWithin" -}}
{{- if ne (len .) 3 }}{{ fail "client.nameWithin takes (list $ suffix limit)" }}{{ end -}}
{{- $release := (index . 0).Release.Name -}}
{{- $room := int (sub (index . 2) (len (index . 1) | add1)) -}}
{{- if gt (len $release) $room -}}
{{- $release = printf "%s-%s" (trunc (int (sub $room 9)) $release | trimSuffix "-") (sha256sum $release | trunc 8) -}}
{{- end -}}
{{ $release }}-{{ index . 1 }}
{{- end }}

{{/*
The labels of every object.
Call: include "client.labels" (list $ "mysql"), with the component it belongs to.
*/}}
{{- define "client.labels" -}}
{{- if ne (len .) 2 }}{{ fail "client.labels takes (list $ component)" }}{{ end -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/component: {{ index . 1 }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 }}
{{- end }}

{{/*
The labels of a CronJob's Jobs, which no version changes: until 1.24 the controller finds its Jobs by the template's
labels, so the Job that upgrades the release would count as running forever (kubernetes/kubernetes#106496).
Call: include "client.jobLabels" (list $ "auto-upgrade"), with the component it belongs to.
*/}}
{{- define "client.jobLabels" -}}
{{- if ne (len .) 2 }}{{ fail "client.jobLabels takes (list $ component)" }}{{ end -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/*
metadata with name, namespace and labels.
Call: include "client.metadata" (list $ "name" "component")
*/}}
{{- define "client.metadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.metadata takes (list $ name component)" }}{{ end -}}
{{- include "client.metadataIn" (append . (index . 0).Release.Namespace) -}}
{{- end }}

{{/*
The same in another namespace than the release's.
Call: include "client.metadataIn" (list $ "name" "component" "namespace")
*/}}
{{- define "client.metadataIn" -}}
{{- if ne (len .) 4 }}{{ fail "client.metadataIn takes (list $ name component namespace)" }}{{ end -}}
name: {{ index . 1 | quote }}
namespace: {{ index . 3 | quote }}
labels:
  {{- include "client.labels" (list (index . 0) (index . 2)) | nindent 2 }}
{{- end }}

{{/*
The name of the Deployment of jobs-manager and of its service account, as in 1.x.
Call: include "client.jobsManager" $
*/}}
{{- define "client.jobsManager" -}}
{{ include "client.name" (list . "jobs-manager") }}
{{- end }}

{{/*
The name of the Deployment of requests-proxy.
Call: include "client.requestsProxy" $
*/}}
{{- define "client.requestsProxy" -}}
{{ include "client.name" (list . "requests-proxy") }}
{{- end }}

{{/*
The name of all objects of image refresh.
Call: include "client.imageRefresh" $
*/}}
{{- define "client.imageRefresh" -}}
{{ include "client.cronJobName" (list . "image-refresh") }}
{{- end }}

{{/*
The Secret with the client's ID, password and token key.
Call: include "client.secret" $
*/}}
{{- define "client.secret" -}}
{{ .Values.existingSecret | default (include "client.name" (list . "secrets")) }}
{{- end }}

{{/*
The pod's part of the restricted profile.
Call: include "client.podSecurity" $
*/}}
{{- define "client.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/*
The container's part of the restricted profile.
Call: include "client.containerSecurity" $
*/}}
{{- define "client.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
{{- end }}

{{/*
metadata of an object that belongs to no namespace.
Call: include "client.clusterMetadata" (list $ "name" "component")
*/}}
{{- define "client.clusterMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.clusterMetadata takes (list $ name component)" }}{{ end -}}
name: {{ index . 1 | quote }}
labels:
  {{- include "client.labels" (list (index . 0) (index . 2)) | nindent 2 }}
{{- end }}
