{{/*
What an operator should know about these values, as a YAML list. Call: include "client.warnings" $
*/}}
{{- define "client.warnings" -}}
{{- $warnings := include "client.deprecations" . | fromYamlArray -}}
{{- if not (.Values.imageRefresh).enabled -}}
{{- $warnings = append $warnings "imageRefresh.enabled is false: an image that is not pinned moves when its pod restarts" -}}
{{- end -}}
{{- if and (.Values.autoUpgrade).enabled (not .Values.autoUpgrade.keyringSecret) -}}
{{- $warnings = append $warnings "autoUpgrade.keyringSecret is empty: charts are installed whoever signed them" -}}
{{- end -}}
{{- if and (.Values.autoUpgrade).enabled .Values.extraObjects -}}
{{- $warnings = append $warnings "extraObjects: auto-upgrade may not write kinds that the chart itself does not hold" -}}
{{- end -}}
{{- if eq false .Values.clusterScope -}}
{{- $warnings = append $warnings "clusterScope is false: data cannot be submitted by HTTP, which takes TokenReviews" -}}
{{- end -}}
{{- if (.Values.hostPath).enabled -}}
{{- $warnings = append $warnings "hostPath: the folders must belong to the users 1000 and 999 (README, Prerequisites)" -}}
{{- end -}}
{{- if not ((.Values.networkPolicy).training).enabled -}}
{{- $warnings = append $warnings "networkPolicy.training.enabled is false: code of others may reach the whole cluster" -}}
{{- end -}}
{{- toYaml $warnings -}}
{{- end }}

{{/*
What of 1.x is still in these values, and what is there in its place, as a YAML list. Call: include "client.deprecations" $
*/}}
{{- define "client.deprecations" -}}
{{- $warnings := list -}}
{{- range $key, $instead := dict
  "podTokenSigningSecret" "existingSecret"
  "podTokenTtlSeconds" "env.POD_TOKEN_TTL_SECONDS" -}}
{{- if index $.Values $key -}}
{{- $warnings = append $warnings (printf "%s is of 1.x: use %s" $key $instead) -}}
{{- end -}}
{{- end -}}
{{- if (.Values.imageRefresh).ingestorResolveFailureThreshold -}}
{{- $warnings = append $warnings
  "imageRefresh.ingestorResolveFailureThreshold is of 1.x: use imageRefresh.failureThreshold" -}}
{{- end -}}
{{- range $key, $value := dict
  "dockerRegistry.email" (.Values.dockerRegistry).email
  "autoUpgrade.repoName" (.Values.autoUpgrade).repoName
  "imageRefresh.image.pullPolicy" ((.Values.imageRefresh).image).pullPolicy
  "autoUpgrade.image.pullPolicy" ((.Values.autoUpgrade).image).pullPolicy -}}
{{- if $value }}{{ $warnings = append $warnings (printf "%s is of 1.x and has no effect: remove it" $key) }}{{ end -}}
{{- end -}}
{{- range $component := list "imageRefresh" "autoUpgrade" -}}
{{- if include "client.isScriptImage" (((index $.Values $component).image).repository) -}}
{{- $warnings = append $warnings (printf "%s.image is of 1.x and not used: remove it" $component) -}}
{{- end -}}
{{- end -}}
{{- toYaml $warnings -}}
{{- end }}
