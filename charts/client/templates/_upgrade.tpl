{{/*
The name of all objects of auto-upgrade.
Call: include "client.autoUpgrade" $
*/}}
{{- define "client.autoUpgrade" -}}
{{ include "client.cronJobName" (list . "auto-upgrade") }}
{{- end }}

{{/*
The namespace of auto-upgrade's account and CronJob.
Call: include "client.upgradeNamespace" $
*/}}
{{- define "client.upgradeNamespace" -}}
{{ (.Values.autoUpgrade).namespace | default .Release.Namespace }}
{{- end }}

{{/*
"true" where that is another than the release's.
Call: include "client.upgradesFromAfar" $
*/}}
{{- define "client.upgradesFromAfar" -}}
{{- $isElsewhere := ne .Release.Namespace (include "client.upgradeNamespace" .) -}}
{{- if and (.Values.autoUpgrade).enabled $isElsewhere }}true{{ end -}}
{{- end }}

{{/*
The namespaces of the pods that pull images and use the proxy, as a JSON list.
Call: include "client.podNamespaces" $ | fromJsonArray
*/}}
{{- define "client.podNamespaces" -}}
{{- $namespaces := list .Release.Namespace -}}
{{- if include "client.upgradesFromAfar" . -}}
{{- $namespaces = append $namespaces (include "client.upgradeNamespace" .) -}}
{{- end -}}
{{- toJson $namespaces -}}
{{- end }}

{{/*
The name of auto-upgrade's Role in its own namespace, where that is not the release's.
Call: include "client.autoUpgradeOwn" $
*/}}
{{- define "client.autoUpgradeOwn" -}}
{{ include "client.autoUpgrade" . }}-own
{{- end }}

{{/*
The permissions that helm needs in a namespace of auto-upgrade's own. ConfigMaps also without a key: the next release may
bring one.
Call: include "client.upgradeOwnRules" $
*/}}
{{- define "client.upgradeOwnRules" -}}
- apiGroups: [""]
  resources: [configmaps, serviceaccounts]
  verbs: [get, create, patch, delete]
{{- if or (include "client.proxyUrl" .) (include "client.ownPullSecret" .) }}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create, patch, delete]
{{- end }}
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [get, create, patch, delete]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings]
  verbs: [get, create, patch, delete]
{{- end }}

{{/*
The name of the ConfigMap with the key that the chart carries.
Call: include "client.autoUpgradeKeyring" $
*/}}
{{- define "client.autoUpgradeKeyring" -}}
{{ include "client.autoUpgrade" . }}-keyring
{{- end }}

{{/*
The place of the keys that charts must be signed with: "secret" of the operator, else "configMap" with pubring.gpg,
which a signed release carries; empty: charts are not verified.
Call: include "client.keyring" $
*/}}
{{- define "client.keyring" -}}
{{- $upgrade := .Values.autoUpgrade | default dict -}}
{{- if $upgrade.keyringSecret -}}
secret
{{- else if and $upgrade.enabled (not (eq false $upgrade.verify)) (.Files.Get "pubring.gpg") -}}
configMap
{{- end -}}
{{- end }}

{{/*
"true" where anyone on the network could replace the next chart: it comes without TLS and is not verified.
Call: include "client.chartIsExposed" $
*/}}
{{- define "client.chartIsExposed" -}}
{{- $url := (.Values.autoUpgrade).repoUrl | default "" -}}
{{- $isLocal := regexMatch "^http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?(/|$)" $url -}}
{{- $isPlain := and (hasPrefix "http://" $url) (not $isLocal) -}}
{{- if and (.Values.autoUpgrade).enabled $isPlain (not (include "client.keyring" .)) }}true{{ end -}}
{{- end }}

{{/*
The options of chart-upgrade.
Call: include "client.upgradeArguments" $
*/}}
{{- define "client.upgradeArguments" -}}
{{- $upgrade := .Values.autoUpgrade -}}
- --release={{ .Release.Name }}
- --namespace={{ .Release.Namespace }}
- --repo-url={{ $upgrade.repoUrl }}
- --chart={{ $upgrade.chartName }}
- --timeout={{ include "client.seconds" $upgrade.timeout }}s
{{- if include "client.keyring" . }}
- --keyring=/etc/tracebloc/keyring/pubring.gpg
{{- end }}
{{- with include "client.caFile" . }}
- --repo-ca-file={{ . }}
{{- end }}
{{- end }}

{{/*
The seconds that the Job may take: chart-upgrade ends after three times its timeout and 7 minutes.
Call: include "client.upgradeDeadline" $
*/}}
{{- define "client.upgradeDeadline" -}}
{{- $own := add (mul 3 (include "client.seconds" .Values.autoUpgrade.timeout)) 480 -}}
{{- max $own (int .Values.autoUpgrade.activeDeadlineSeconds) -}}
{{- end }}

{{/*
The permissions that helm needs in the namespace to upgrade this release: it applies objects of each kind that the chart
holds, lists ReplicaSets until they are ready, and keeps its records in Secrets. By RBAC an account writes only Roles
whose permissions it has, hence the rules of jobs-manager too; image refresh has the same on events.
Call: include "client.upgradeRules" $
*/}}
{{- define "client.upgradeRules" -}}
{{- $network := .Values.networkPolicy | default dict -}}
{{- $policies := or $network.ingress ($network.training).enabled (not (eq false $network.ingestion))
  (not (eq false $network.jobsManager)) -}}
{{- $budgets := .Values.podDisruptionBudget | default dict -}}
- apiGroups: [""]
  resources: [configmaps, services, serviceaccounts]
  verbs: [get, create, patch, delete]
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, create, update, patch, delete]
# Without delete: they hold data.
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get, create, patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, create, patch, delete]
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [list]
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [get, create, patch, delete]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings]
  verbs: [get, create, patch, delete]
{{- if $policies }}
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, create, patch, delete]
{{- end }}
{{- if or (include "client.isProtected" (list . ($budgets.jobsManager).create))
          (include "client.isProtected" (list . ($budgets.mysql).create)) }}
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, create, patch, delete]
{{- end }}
{{- if include "client.hasRight" (list . "namespace") }}
# For the notes, which warn of a namespace that does not enforce the restricted profile.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [{{ .Release.Namespace | quote }}]
  verbs: [get]
{{- end }}
{{ include "client.jobsManagerRules" . }}
{{- with include "client.upgradeOpenShiftRules" . }}
{{ . }}
{{- end }}
{{- if include "client.prometheusRule" . }}
- apiGroups: [monitoring.coreos.com]
  resources: [prometheusrules]
  verbs: [get, create, patch, delete]
{{- end }}
{{- end }}

{{/*
The same for the release's objects outside the namespace, each by its name. RBAC cannot limit create to names, so a
person upgrades to a version that brings another such object. Empty where there are none.
Call: include "client.upgradeClusterRules" $
*/}}
{{- define "client.upgradeClusterRules" -}}
{{- $roles := list (include "client.autoUpgrade" .) -}}
{{- $bindings := list (include "client.autoUpgradeBinding" .) -}}
{{- if not (eq false .Values.clusterScope) -}}
{{- $roles = append $roles (include "client.name" (list . "jobs-manager-rbac")) -}}
{{- $bindings = append $bindings (include "client.name" (list . "jobs-manager-rbac")) -}}
{{ include "client.jobsManagerClusterRules" . }}
{{- end }}
{{- if include "client.refreshSeesNodes" . -}}
{{- $roles = append $roles (include "client.imageRefresh" .) -}}
{{- $bindings = append $bindings (include "client.imageRefresh" .) }}
{{ include "client.refreshClusterRules" . }}
{{- end }}
{{- with include "client.ownStorageClass" . }}
- apiGroups: [storage.k8s.io]
  resources: [storageclasses]
  resourceNames: [{{ . }}]
  verbs: [get, patch, delete]
{{- end }}
{{- if include "client.admissionPolicy" . }}
- apiGroups: [admissionregistration.k8s.io]
  resources: [validatingadmissionpolicies, validatingadmissionpolicybindings]
  resourceNames: [{{ include "client.admissionPolicyName" . }}]
  verbs: [get, patch, delete]
{{- end }}
{{- if (.Values.hostPath).enabled }}
# Without delete: they hold data.
- apiGroups: [""]
  resources: [persistentvolumes]
  resourceNames:
    {{- range list "data-pv" "logs-pv" "mysql-pv" }}
    - {{ include "client.name" (list $ .) }}
    {{- end }}
  verbs: [get, patch]
{{- end }}
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  resourceNames: {{ toJson $roles }}
  verbs: [get, patch, delete]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterrolebindings]
  resourceNames: {{ toJson $bindings }}
  verbs: [get, patch, delete]
{{- end }}

{{/*
The binding of auto-upgrade's ClusterRole. 1.x bound cluster-admin under the plain name before it used this one, and a
binding's role cannot change.
Call: include "client.autoUpgradeBinding" $
*/}}
{{- define "client.autoUpgradeBinding" -}}
{{ include "client.name" (list . "auto-upgrade-scoped") }}
{{- end }}

{{/*
"true" where the release has objects outside the namespace that auto-upgrade writes.
Call: include "client.upgradesCluster" $
*/}}
{{- define "client.upgradesCluster" -}}
{{- $volumes := or (.Values.hostPath).enabled (include "client.ownStorageClass" .) -}}
{{- if and (.Values.autoUpgrade).enabled (or $volumes (not (eq false .Values.clusterScope))) }}true{{ end -}}
{{- end }}
