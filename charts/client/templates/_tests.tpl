{{/*
metadata of a pod that `helm test` runs; it stays until the next test, for its logs.
Call: include "client.testMetadata" (list $ "mysql"), with what it tests
*/}}
{{- define "client.testMetadata" -}}
{{- if ne (len .) 2 }}{{ fail "client.testMetadata takes (list $ subject)" }}{{ end -}}
{{- $root := index . 0 -}}
{{ include "client.metadata" (list $root (include "client.name" (list $root (printf "test-%s" (index . 1)))) "test") }}
annotations:
  helm.sh/hook: test
  helm.sh/hook-delete-policy: before-hook-creation
{{- end }}

{{/*
What the tests' pods have in common.
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
  # The database's image names its user by name, which says nothing about root.
  runAsUser: 65532
  runAsGroup: 65532
{{- end }}

{{/*
What their containers have in common.
Call: include "client.testContainer" $
*/}}
{{- define "client.testContainer" -}}
resources:
  {{- include "client.resources" (list "test" dict) | nindent 2 }}
securityContext:
  {{- include "client.containerSecurity" . | nindent 2 }}
  readOnlyRootFilesystem: true
{{- end }}
