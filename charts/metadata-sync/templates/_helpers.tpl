{{/*
metadata with the release's name and a suffix, namespace and labels.
Call: include "metadata-sync.metadata" (list $ "-migrate" "migration"), with the component it belongs to.
*/}}
{{- define "metadata-sync.metadata" -}}
{{- if ne (len .) 3 }}{{ fail "metadata-sync.metadata takes (list $ suffix component)" }}{{ end -}}
{{- $root := index . 0 -}}
name: {{ printf "%s%s" $root.Release.Name (index . 1) | quote }}
namespace: {{ $root.Release.Namespace | quote }}
labels:
  {{- include "metadata-sync.labels" (list $root (index . 2)) | nindent 2 }}
{{- end }}

{{/*
The labels of every object.
Call: include "metadata-sync.labels" (list $ "controller"), with the component it belongs to.
*/}}
{{- define "metadata-sync.labels" -}}
{{- if ne (len .) 2 }}{{ fail "metadata-sync.labels takes (list $ component)" }}{{ end -}}
{{- $root := index . 0 -}}
{{ include "metadata-sync.podLabels" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 }}
{{- end }}

{{/*
The labels by which pods are found, which no version changes.
Call: include "metadata-sync.podLabels" (list $ "controller"), with the component they belong to.
*/}}
{{- define "metadata-sync.podLabels" -}}
{{- if ne (len .) 2 }}{{ fail "metadata-sync.podLabels takes (list $ component)" }}{{ end -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/*
The annotations of an object that helm makes before the others, since the migration needs it.
Call: include "metadata-sync.hook" (list "-5" "before-hook-creation,hook-succeeded")
*/}}
{{- define "metadata-sync.hook" -}}
{{- if ne (len .) 2 }}{{ fail "metadata-sync.hook takes (list weight deletePolicy)" }}{{ end -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ index . 0 | quote }}
helm.sh/hook-delete-policy: {{ index . 1 }}
{{- end }}

{{/*
The name of the ClusterRole, in which the namespace stands since a cluster has one of each name.
Call: include "metadata-sync.clusterRole" $
*/}}
{{- define "metadata-sync.clusterRole" -}}
metadata-sync:{{ .Release.Namespace }}:{{ .Release.Name }}
{{- end }}

{{/*
The seconds of a duration such as 90s, 10m or 1h.
Call: include "metadata-sync.seconds" "20m"
*/}}
{{- define "metadata-sync.seconds" -}}
{{- $unit := index (dict "s" 1 "m" 60 "h" 3600) (regexFind "[smh]$" .) -}}
{{- mul (regexFind "^[0-9]+" .) $unit -}}
{{- end }}

{{/*
The version of PodDisruptionBudget that the cluster serves: v1 since Kubernetes 1.21. Without a cluster helm knows
groups but no kinds, so the Kubernetes version decides as well.
Call: include "metadata-sync.podDisruptionBudgetVersion" $
*/}}
{{- define "metadata-sync.podDisruptionBudgetVersion" -}}
{{- $isServed := .Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget" -}}
{{- or $isServed (semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version) | ternary "policy/v1" "policy/v1beta1" -}}
{{- end }}
