{{/*
The service accounts whose pods run as a user that the chart fixes, as a YAML list. OpenShift's default constraint
admits only user IDs from the namespace's range. The service account of image refresh is here for its test pod.
Call: include "client.fixedUsers" $ | fromYamlArray
*/}}
{{- define "client.fixedUsers" -}}
- {{ include "client.name" (list . "mysql") }}
{{- if include "client.polledImages" . }}
- {{ include "client.imageRefresh" . }}
{{- end }}
{{- end }}

{{/*
"true" where runs have a fixed user: by the value, else except on OpenShift. They run as the default account, which has
only OpenShift's default constraint.
Call: include "client.hasFixedUser" $
*/}}
{{- define "client.hasFixedUser" -}}
{{- $given := (.Values.ingestion).fixedUser -}}
{{- $isOpenShift := .Capabilities.APIVersions.Has "security.openshift.io/v1" -}}
{{- if kindIs "bool" $given | ternary $given (not $isOpenShift) }}true{{ end -}}
{{- end }}

{{/*
The permission that auto-upgrade needs to write that RoleBinding: by RBAC an account grants only its own permissions.
Call: include "client.upgradeOpenShiftRules" $
*/}}
{{- define "client.upgradeOpenShiftRules" -}}
{{- if .Capabilities.APIVersions.Has "security.openshift.io/v1" -}}
- apiGroups: [security.openshift.io]
  resources: [securitycontextconstraints]
  resourceNames: [nonroot-v2]
  verbs: [use]
{{- end -}}
{{- end }}
