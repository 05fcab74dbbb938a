{{/*
The platform's kinds by their plurals, as a YAML list; a test compares it with the program.
Call: include "metadata-sync.platformKinds" $ | fromYamlArray
*/}}
{{- define "metadata-sync.platformKinds" -}}
[clusters, deployments, inferenceservers, modelfamilys, models, pipelineruns, pipelines, projects, rayclusters, rayjobs,
 revisions, sparkjobs, triggerruns]
{{- end }}

{{/*
The kinds by their groups, as a map of lists: the platform's, and those of the values.
Call: include "metadata-sync.kinds" $ | fromYaml
*/}}
{{- define "metadata-sync.kinds" -}}
{{- $groups := dict "michelangelo.api" (include "metadata-sync.platformKinds" . | fromYamlArray) -}}
{{- range .Values.kinds -}}
{{- if and .group .plural -}}
{{- $plurals := append (get $groups .group | default list) .plural | uniq | sortAlpha -}}
{{- $groups = set $groups .group $plurals -}}
{{- end -}}
{{- end -}}
{{ toYaml $groups }}
{{- end }}

{{/*
The rules of the ClusterRole, by the calls that the program makes.
Call: include "metadata-sync.clusterRules" $
*/}}
{{- define "metadata-sync.clusterRules" -}}
{{- range $group, $plurals := include "metadata-sync.kinds" . | fromYaml }}
# Read and followed; the finalizer is a patch; an object that is marked as immutable, or as deleting, is deleted.
- apiGroups: [{{ $group | quote }}]
  resources: {{ toJson $plurals }}
  verbs: [get, list, watch, patch, delete]
{{- end }}
# An object that cannot be stored has an Event.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- if .Values.api.enabled }}
# Callers of the query API.
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
- apiGroups: [authorization.k8s.io]
  resources: [subjectaccessreviews]
  verbs: [create]
{{- end }}
{{- end }}
