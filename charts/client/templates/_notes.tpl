{{/*
Warnings computed from the values, as a YAML list.
Call: include "client.warnings" $ | fromYamlArray
*/}}
{{- define "client.warnings" -}}
{{- $upgrades := (.Values.autoUpgrade).enabled -}}
{{- if not (.Values.imageRefresh).enabled }}
- "imageRefresh.enabled is false: an image without a pin moves when its pod restarts."
{{- end }}
{{- $policy := (.Values.imageRefresh).policy | default dict }}
{{- if $policy.hold }}
- "imageRefresh.policy.hold is true: image refresh polls, and rolls out nothing."
{{- end }}
{{- if and $upgrades (not (include "client.keyring" .)) }}
- "{{ .Files.Get "pubring.gpg" | empty | ternary "This chart was released unsigned" "autoUpgrade.verify is false" }}:
  auto-upgrade installs charts without verifying their signatures. Set autoUpgrade.keyringSecret."
{{- end }}
{{- include "client.admissionWarnings" . }}
{{- if and $upgrades .Values.extraObjects }}
- "extraObjects: auto-upgrade has no permission on kinds that the chart itself does not hold."
{{- end }}
{{- if eq false .Values.clusterScope }}
- "clusterScope is false: data cannot be submitted, which needs TokenReviews."
{{- end }}
{{- if (.Values.hostPath).enabled }}
- "hostPath: the folders must belong to the users 1000 and 999 (README, Prerequisites)."
{{- end }}
{{- if not ((.Values.networkPolicy).training).enabled }}
- "networkPolicy.training.enabled is false: training pods, which run other people's code, reach the whole cluster."
{{- end }}
{{- if eq false (.Values.networkPolicy).ingestion }}
- "networkPolicy.ingestion is false: runs reach the whole cluster and the internet."
{{- end }}
{{- if (.Values.ingestionAuthz).tokenSecret }}
- "ingestionAuthz.tokenSecret is true: the token in Secret {{ include "client.ingestor" . }}-token does not expire."
{{- end }}
{{- include "client.deprecations" . }}
{{- end }}

{{/*
The keys of 1.x in the values that have a replacement or no effect, as a YAML list.
Call: include "client.deprecations" $
*/}}
{{- define "client.deprecations" -}}
{{- $refresh := .Values.imageRefresh | default dict -}}
{{- $upgrade := .Values.autoUpgrade | default dict -}}
{{- range $key, $value := dict
  "podTokenSigningSecret (replaced by existingSecret)" .Values.podTokenSigningSecret
  "podTokenTtlSeconds (replaced by env.POD_TOKEN_TTL_SECONDS)" .Values.podTokenTtlSeconds
  "env.RESOURCE_REQUESTS (replaced by ingestion.resources)" (.Values.env).RESOURCE_REQUESTS
  "env.RESOURCE_LIMITS (replaced by ingestion.resources)" (.Values.env).RESOURCE_LIMITS
  "env.GPU_REQUESTS (idle: jobs-manager starts no training)" (.Values.env).GPU_REQUESTS
  "env.GPU_LIMITS (idle: jobs-manager starts no training)" (.Values.env).GPU_LIMITS
  "env.INGESTION_HTTP_DISABLED (replaced by ingestionAuthz.allowed: [])" (.Values.env).INGESTION_HTTP_DISABLED
  "imageRefresh.ingestorResolveFailureThreshold (replaced by imageRefresh.failureThreshold)"
    $refresh.ingestorResolveFailureThreshold
  "imageRefresh.activeDeadlineSeconds (the deadline follows from rolloutTimeout)" $refresh.activeDeadlineSeconds
  "autoUpgrade.activeDeadlineSeconds (the deadline follows from timeout)" $upgrade.activeDeadlineSeconds
  "dockerRegistry.email (idle)" (.Values.dockerRegistry).email
  "autoUpgrade.repoName (idle)" $upgrade.repoName
  "imageRefresh.image.pullPolicy (idle)" ($refresh.image).pullPolicy
  "autoUpgrade.image.pullPolicy (idle)" ($upgrade.image).pullPolicy
  "imageRefresh.image (idle: an image of 1.x)" (include "client.isScriptImage" ($refresh.image).repository)
  "autoUpgrade.image (idle: an image of 1.x)" (include "client.isScriptImage" ($upgrade.image).repository)
}}
{{- if $value }}
- {{ printf "Key of 1.x, remove it: %s." $key | quote }}
{{- end }}
{{- end }}
{{- $idle := dict "resourceMonitor" "idle: this chart has no resource monitor" -}}
{{- range $key := include "client.retired" . | fromJson | keys | sortAlpha }}
{{- if include "client.hasKey" (list $ $key) }}
- {{ printf "Key of 1.x, remove it: %s (%s)." $key (get $idle $key | default "idle") | quote }}
{{- end }}
{{- end }}
{{- end }}
