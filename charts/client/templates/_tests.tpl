{{/*
metadata of a pod that `helm test` runs; the pod stays until the next test, for its logs.
Call: include "client.testMetadata" (list $ "mysql"), with what it tests
*/}}
{{- define "client.testMetadata" -}}
{{- if ne (len .) 2 }}{{ fail "client.testMetadata takes (list $ subject)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $hook := dict "helm.sh/hook" "test" "helm.sh/hook-delete-policy" "before-hook-creation" -}}
name: {{ include "client.name" (list $root (printf "test-%s" (index . 1))) | quote }}
namespace: {{ $root.Release.Namespace | quote }}
{{ include "client.jobPodMetadata" (list $root (include "client.labels" (list $root "test") | fromYaml) $hook) }}
{{- end }}

{{/*
The common part of the tests' pods.
Call: include "client.testPod" $
*/}}
{{- define "client.testPod" -}}
restartPolicy: Never
activeDeadlineSeconds: 120
{{- with include "client.imagePullSecrets" . }}
{{ . }}
{{- end }}
securityContext:
  {{- include "client.podSecurity" . | nindent 2 }}
  # The database's image names its user, and only a number proves that a user is not root.
  runAsUser: 65532
  runAsGroup: 65532
{{- end }}

{{/*
The common part of their containers.
Call: include "client.testContainer" $
*/}}
{{- define "client.testContainer" -}}
resources:
  {{- include "client.resources" (list "test" dict) | nindent 2 }}
securityContext:
  {{- include "client.containerSecurity" . | nindent 2 }}
  readOnlyRootFilesystem: true
{{- end }}
