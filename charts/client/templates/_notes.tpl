{{/*
What an operator should know about these values, as a YAML list.
Call: include "client.warnings" $ | fromYamlArray
*/}}
{{- define "client.warnings" -}}
{{- $upgrades := (.Values.autoUpgrade).enabled -}}
{{- if not (.Values.imageRefresh).enabled }}
- "imageRefresh.enabled is false: an image that is not pinned moves when its pod restarts."
{{- end }}
{{- $policy := (.Values.imageRefresh).policy | default dict }}
{{- if $policy.hold }}
- "imageRefresh.policy.hold is true: image refresh looks, and rolls out nothing."
{{- end }}
{{- if and $upgrades (not .Values.autoUpgrade.keyringSecret) }}
- "autoUpgrade.keyringSecret is empty: charts are installed whoever signed them."
{{- end }}
{{- if and $upgrades .Values.extraObjects }}
- "extraObjects: auto-upgrade may not write kinds that the chart itself does not hold."
{{- end }}
{{- if eq false .Values.clusterScope }}
- "clusterScope is false: data cannot be submitted by HTTP, which takes TokenReviews."
{{- end }}
{{- if (.Values.hostPath).enabled }}
- "hostPath: the folders must belong to the users 1000 and 999 (README, Prerequisites)."
{{- end }}
{{- if not ((.Values.networkPolicy).training).enabled }}
- "networkPolicy.training.enabled is false: training pods, which run code of others, reach the whole cluster."
{{- end }}
{{- include "client.deprecations" . }}
{{- end }}

{{/*
What of 1.x is still in these values, and what there is in its place, as a YAML list.
Call: include "client.deprecations" $
*/}}
{{- define "client.deprecations" -}}
{{- $refresh := .Values.imageRefresh | default dict -}}
{{- $upgrade := .Values.autoUpgrade | default dict -}}
{{- range $key, $value := dict
  "podTokenSigningSecret (existingSecret takes its place)" .Values.podTokenSigningSecret
  "podTokenTtlSeconds (env.POD_TOKEN_TTL_SECONDS takes its place)" .Values.podTokenTtlSeconds
  "imageRefresh.ingestorResolveFailureThreshold (imageRefresh.failureThreshold takes its place)"
    $refresh.ingestorResolveFailureThreshold
  "imageRefresh.activeDeadlineSeconds (the deadline follows from rolloutTimeout)" $refresh.activeDeadlineSeconds
  "autoUpgrade.activeDeadlineSeconds (the deadline follows from timeout)" $upgrade.activeDeadlineSeconds
  "dockerRegistry.email (without effect)" (.Values.dockerRegistry).email
  "autoUpgrade.repoName (without effect)" $upgrade.repoName
  "imageRefresh.image.pullPolicy (without effect)" ($refresh.image).pullPolicy
  "autoUpgrade.image.pullPolicy (without effect)" ($upgrade.image).pullPolicy
  "imageRefresh.image (the image of 1.x, not used)" (include "client.isScriptImage" ($refresh.image).repository)
  "autoUpgrade.image (the image of 1.x, not used)" (include "client.isScriptImage" ($upgrade.image).repository)
}}
{{- if $value }}
- {{ printf "Of 1.x, to be removed: %s." $key | quote }}
{{- end }}
{{- end }}
{{- end }}
