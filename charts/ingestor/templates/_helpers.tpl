{{/*
The name of every object of the release, within the 63 characters of a label's value: a release name has at most 53.
Call: include "ingestor.name" $
*/}}
{{- define "ingestor.name" -}}
{{ .Release.Name }}-submit
{{- end }}

{{/*
The labels by which the hook's pod is found, which no version changes.
Call: include "ingestor.podLabels" $
*/}}
{{- define "ingestor.podLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: submit
{{- end }}

{{/*
metadata with name, namespace and labels.
Call: include "ingestor.metadata" $
*/}}
{{- define "ingestor.metadata" -}}
name: {{ include "ingestor.name" . | quote }}
namespace: {{ .Release.Namespace | quote }}
labels:
  {{- include "ingestor.podLabels" . | nindent 2 }}
  app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
  app.kubernetes.io/managed-by: {{ .Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
{{- end }}

{{/*
The address of jobs-manager.
Call: include "ingestor.url" $
*/}}
{{- define "ingestor.url" -}}
{{ .Values.submit.jobsManager.url | default (printf "http://jobs-manager.%s.svc:8080" .Release.Namespace) }}
{{- end }}

{{/*
The namespace of jobs-manager, where its runs are: as far as its address names one, else the release's.
Call: include "ingestor.runNamespace" $
*/}}
{{- define "ingestor.runNamespace" -}}
{{- $url := include "ingestor.url" . -}}
{{- if regexMatch "^https?://[^.:/]+[.][^.:/]+[.]svc([.:/]|$)" $url -}}
{{ regexReplaceAll "^https?://[^.:/]+[.]([^.:/]+)[.]svc.*$" $url "${1}" }}
{{- else -}}
{{ .Release.Namespace }}
{{- end -}}
{{- end }}

{{/*
The value of the label of a run's objects, as jobs-manager makes it: the key, or the beginning of its SHA-256 where a
key is no value of labels.
Call: include "ingestor.runLabel" "houses-1"
*/}}
{{- define "ingestor.runLabel" -}}
{{- $isValue := regexMatch "^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$" . -}}
{{- $isValue | ternary . (sha256sum . | trunc 12) -}}
{{- end }}

{{/*
The hook's image: registry/repository@digest, or with its tag where there is no digest.
Call: include "ingestor.image" $
*/}}
{{- define "ingestor.image" -}}
{{- $image := .Values.submit.image -}}
{{- $registry := $image.registry | default .Values.global.imageRegistry | default "ghcr.io" -}}
{{ $registry }}/{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/*
Requests and limits of the hook: the values merged over the chart's own.
Call: include "ingestor.resources" $
*/}}
{{- define "ingestor.resources" -}}
{{- $own := dict
  "requests" (dict "cpu" "20m" "memory" "64Mi")
  "limits" (dict "cpu" "200m" "memory" "128Mi") -}}
{{- toYaml (mergeOverwrite $own (deepCopy .Values.submit.resources)) -}}
{{- end }}

{{/*
Labels and annotations of the hook's pod: out of service meshes, unless the values say otherwise. Istio and Kuma read
the label, Linkerd and Consul the annotation, and versions of Istio and Kuma before the label read the annotation.
Call: include "ingestor.podMetadata" $
*/}}
{{- define "ingestor.podMetadata" -}}
{{- $given := deepCopy .Values.submit.pods -}}
{{- $out := dict "sidecar.istio.io/inject" "false" "kuma.io/sidecar-injection" "disabled" -}}
{{- $byAnnotation := dict "linkerd.io/inject" "disabled" "consul.hashicorp.com/connect-inject" "false" -}}
labels:
  {{- mergeOverwrite (deepCopy $out) ($given.labels | default dict) (include "ingestor.podLabels" . | fromYaml)
    | toYaml | nindent 2 }}
annotations:
  {{- mergeOverwrite $out $byAnnotation ($given.annotations | default dict) | toYaml | nindent 2 }}
{{- end }}
