{{/*
"true" where the release uses a right that accounts of earlier charts do not have: as admissionPolicy.create says;
unset: since the installation. RBAC lets auto-upgrade neither grant nor use what it does not have, so that an unattended
upgrade from an earlier chart would fail. The Role of jobs-manager, which every upgrade reads, records the rights.
Call: include "client.hasRight" (list $ "namespace"), or "admission-policy"
*/}}
{{- define "client.hasRight" -}}
{{- if ne (len .) 2 }}{{ fail "client.hasRight takes (list $ right)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $given := ($root.Values.admissionPolicy).create -}}
{{- if kindIs "bool" $given -}}
{{- if $given }}true{{ end -}}
{{- else if $root.Release.IsInstall -}}
{{- if not (eq false $root.Values.clusterScope) }}true{{ end -}}
{{- else -}}
{{- $name := include "client.name" (list $root "jobs-manager-rbac") -}}
{{- $role := lookup "rbac.authorization.k8s.io/v1" "Role" $root.Release.Namespace $name -}}
{{- $rights := get (($role.metadata).annotations | default dict) "tracebloc.io/upgrade-rights" -}}
{{- if has (index . 1) (splitList "," $rights) }}true{{ end -}}
{{- end -}}
{{- end }}

{{/*
The accounts of the namespace that jobs-manager must not borrow, as a JSON list.
Call: include "client.reservedAccounts" $ | fromJsonArray
*/}}
{{- define "client.reservedAccounts" -}}
{{- $accounts := list -}}
{{- if and (.Values.autoUpgrade).enabled (not (include "client.upgradesFromAfar" .)) -}}
{{- $accounts = append $accounts (include "client.autoUpgrade" .) -}}
{{- end -}}
{{- if include "client.polledImages" . }}{{ $accounts = append $accounts (include "client.imageRefresh" .) }}{{ end -}}
{{- toJson $accounts -}}
{{- end }}

{{/*
"true" where the cluster could keep jobs-manager from these accounts: since Kubernetes 1.30.
Call: include "client.offersAdmissionPolicy" $
*/}}
{{- define "client.offersAdmissionPolicy" -}}
{{- $served := .Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy" -}}
{{- $isWanted := and (not (eq false .Values.clusterScope)) (include "client.reservedAccounts" . | fromJsonArray) -}}
{{- if and $served $isWanted }}true{{ end -}}
{{- end }}

{{/*
"true" where it does.
Call: include "client.admissionPolicy" $
*/}}
{{- define "client.admissionPolicy" -}}
{{- if and (include "client.offersAdmissionPolicy" .) (include "client.hasRight" (list . "admission-policy")) -}}
true
{{- end -}}
{{- end }}

{{/*
The name of policy and binding.
Call: include "client.admissionPolicyName" $
*/}}
{{- define "client.admissionPolicyName" -}}
{{ include "client.name" (list . "jobs-manager-accounts") }}
{{- end }}

{{/*
The rights that this revision uses, for the next one.
Call: include "client.upgradeRights" $
*/}}
{{- define "client.upgradeRights" -}}
{{- $rights := list -}}
{{- if include "client.hasRight" (list . "namespace") }}{{ $rights = append $rights "namespace" }}{{ end -}}
{{- if include "client.admissionPolicy" . }}{{ $rights = append $rights "admission-policy" }}{{ end -}}
{{- join "," $rights -}}
{{- end }}

{{/*
Warnings of the namespace and of the accounts in it, as a YAML list.
Call: include "client.admissionWarnings" $
*/}}
{{- define "client.admissionWarnings" -}}
{{- $namespace := .Release.Namespace -}}
{{- $given := (.Values.admissionPolicy).create -}}
{{- $isOpen := not (kindIs "bool" $given) -}}
{{- $looks := include "client.hasRight" (list . "namespace") -}}
{{- if $looks }}
{{- $labels := ((lookup "v1" "Namespace" "" $namespace).metadata).labels | default dict }}
{{- if ne "restricted" (get $labels "pod-security.kubernetes.io/enforce") }}
- "Namespace {{ $namespace }} does not enforce the restricted profile, so that a Job can take over its node:
  kubectl label namespace {{ $namespace }} pod-security.kubernetes.io/enforce=restricted"
{{- end }}
{{- end }}
{{- if and (include "client.offersAdmissionPolicy" .) (not (include "client.admissionPolicy" .)) }}
- "{{ kindIs "bool" $given | ternary "admissionPolicy.create is false" "The release has no admission policy" }}:
  jobs-manager can start Jobs as {{ include "client.reservedAccounts" . | fromJsonArray | join " and " }}. As an
  administrator, helm upgrade {{ .Release.Name }} CHART --reset-then-reuse-values --set admissionPolicy.create=true"
{{- end }}
{{- if and $isOpen (not $looks) }}
- "Whether namespace {{ $namespace }} enforces the restricted profile was not checked:
  kubectl label namespace {{ $namespace }} pod-security.kubernetes.io/enforce=restricted"
{{- end }}
{{- end }}
