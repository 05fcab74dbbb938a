{{/*
"true" where a value of 1.x asks for something: it is set, and no enabled: false or create: false turns it off.
Call: include "client.asks" $value
*/}}
{{- define "client.asks" -}}
{{- if kindIs "map" . -}}
{{- if not (or (eq "false" (toString .enabled)) (eq "false" (toString .create))) -}}
{{- range . }}{{ include "client.asks" . }}{{ end -}}
{{- end -}}
{{- else if . -}}
true
{{- end -}}
{{- end }}

{{/*
The keys of 1.x that this chart has no use for, as JSON: for each key, whether the values ask for something by it that
an upgrade would lose. A default of 1.x asks for nothing: the release had it without the key. The resource monitor was
such a default; node agents and SCC served it alone, busybox and sealCheck served pods that are gone.
Call: include "client.retired" $ | fromJson
*/}}
{{- define "client.retired" -}}
{{- $values := .Values -}}
{{- $environment := include "client.environment" . -}}
{{- $ingestor := ($values.images).ingestor | default dict -}}
{{- $setsTag := or $ingestor.digest (ne "prod" ($ingestor.tag | default "prod")) -}}
{{- $channel := get ($ingestor.channelTags | default dict) $environment -}}
{{- $egress := $values.egressProxy | default dict -}}
{{- $credentials := get ($values.perExperimentDbCredsByEnv | default dict) $environment -}}
{{- $accounts := get ($values.serviceDbAccountsByEnv | default dict) $environment -}}
{{- $class := $values.priorityClass | default dict -}}
{{- $probed := (($values.networkPolicy).training).enforcementProbeHost | default "" -}}
{{- $pins := and (eq "prod" $environment) (not (eq false $ingestor.prodPin)) (not $ingestor.digest) -}}
{{- toJson (dict
  "resourceMonitor" false
  "nodeAgents" false
  "openshift" false
  "images.resourceMonitor" false
  "images.busybox" false
  "images.ingestor.prodPin" false
  "imageRefresh.maxSkipTicks" false
  "sealCheck" false
  "namespace" (eq true ($values.namespace | default dict).create)
  "egressProxy" (and (not (eq false $egress.enabled)) (eq true $egress.routeWorkloads))
  "priorityClass" (or (eq true $class.create) (not (empty $class.name)))
  "telemetryCollector" (eq true ($values.telemetryCollector | default dict).enabled)
  "networkPolicy.training.enforcementProbeHost" (not (has $probed (list "" "1.1.1.1")))
  "gpu" (not (empty (include "client.asks" $values.gpu)))
  "perDatasetPvcs" (not (empty (include "client.asks" $values.perDatasetPvcs)))
  "perIngestionTables" (not (empty (include "client.asks" $values.perIngestionTables)))
  "perExperimentDbCreds" (not (empty (include "client.asks" $values.perExperimentDbCreds)))
  "perExperimentDbCredsByEnv" (eq "true" (toString $credentials))
  "serviceDbAccounts" (not (empty (include "client.asks" $values.serviceDbAccounts)))
  "serviceDbAccountsByEnv" (eq "true" (toString $accounts))
  "mysqlRootPassword" (not (empty $values.mysqlRootPassword))
  "images.ingestor.channelTags" (and (not $setsTag) (not (has (toString $channel) (list "" "prod" "<nil>"))))
  "images.ingestor.prodDigest" (and $pins (not (empty $ingestor.prodDigest)))
) -}}
{{- end }}

{{/*
"true" where the values have a key.
Call: include "client.hasKey" (list $ "images.busybox")
*/}}
{{- define "client.hasKey" -}}
{{- if ne (len .) 2 }}{{ fail "client.hasKey takes (list $ path)" }}{{ end -}}
{{- $place := (index . 0).Values -}}
{{- $found := true -}}
{{- range splitList "." (index . 1) -}}
{{- if and $found (kindIs "map" $place) -}}
{{- $found = hasKey $place . -}}
{{- $place = index $place . -}}
{{- else -}}
{{- $found = false -}}
{{- end -}}
{{- end -}}
{{- if $found }}true{{ end -}}
{{- end }}

{{/*
The problems of keys of 1.x, as a YAML list.
Call: include "client.retiredProblems" $
*/}}
{{- define "client.retiredProblems" -}}
{{- $instead := dict "images.ingestor.channelTags" "set images.ingestor.tag instead and "
  "images.ingestor.prodDigest" "set images.ingestor.digest instead and " -}}
{{- range $key, $isLost := include "client.retired" . | fromJson }}
{{- if $isLost }}
- "{{ $key }} is not part of this chart since 2.0: {{ get $instead $key }}remove it (README, Upgrading from 1.x)"
{{- end }}
{{- end }}
{{- end }}
