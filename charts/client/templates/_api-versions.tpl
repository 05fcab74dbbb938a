{{/*
The version of CronJob that the cluster serves: v1 since Kubernetes 1.21. Without a cluster helm knows groups but no
kinds, so the Kubernetes version decides as well.
Call: include "client.cronJobVersion" $
*/}}
{{- define "client.cronJobVersion" -}}
{{ include "client.servesV1" (list . "batch/v1/CronJob") | empty | ternary "batch/v1beta1" "batch/v1" }}
{{- end }}

{{/*
The version of PodDisruptionBudget that the cluster serves, likewise.
Call: include "client.podDisruptionBudgetVersion" $
*/}}
{{- define "client.podDisruptionBudgetVersion" -}}
{{ include "client.servesV1" (list . "policy/v1/PodDisruptionBudget") | empty | ternary "policy/v1beta1" "policy/v1" }}
{{- end }}

{{/*
"true" where the cluster serves v1 of a kind.
Call: include "client.servesV1" (list $ "batch/v1/CronJob")
*/}}
{{- define "client.servesV1" -}}
{{- if ne (len .) 2 }}{{ fail "client.servesV1 takes (list $ kind)" }}{{ end -}}
{{- $capabilities := (index . 0).Capabilities -}}
{{- if or ($capabilities.APIVersions.Has (index . 1)) (semverCompare ">=1.21-0" $capabilities.KubeVersion.Version) -}}
true
{{- end -}}
{{- end }}
