{{/*
What image refresh polls: the one decision. The CronJob and all that belongs to it, the worker's configuration, its Role and
the notes ask here. An empty list: nothing of it is installed. A pinned image is no entry at all. requests-proxy runs the
image of jobs-manager, so it follows the same tag. Call: include "client.refresh" $ | fromYaml, key images
*/}}
{{- define "client.refresh" -}}
{{- $images := include "client.images" . | fromYaml -}}
{{- $manager := printf "deployment/%s" (include "client.jobsManager" .) -}}
{{- $proxy := printf "deployment/%s" (include "client.requestsProxy" .) -}}
{{- $polled := list -}}
{{- if and .Values.imageRefresh .Values.imageRefresh.enabled -}}
{{- range list
  (dict "name" "jobs-manager" "image" "jobsManager" "workload" $manager)
  (dict "name" "pods-monitor" "image" "podsMonitor" "workload" $manager)
  (dict "name" "requests-proxy" "image" "requestsProxy" "workload" $proxy)
-}}
{{- $image := index $images .image -}}
{{- if not $image.digest -}}
{{- $entry := dict "name" .name "image" (printf "%s:%s" $image.repository $image.tag) "workload" .workload -}}
{{- $polled = append $polled (set $entry "action" "restart") -}}
{{- end -}}
{{- end -}}
{{- $ingestor := $images.ingestor -}}
{{- if not (or $ingestor.digest (eq false (((.Values.images).ingestor).autoRefresh))) -}}
{{- $polled = append $polled (dict
  "name" "ingestor" "image" (printf "%s:%s" $ingestor.repository $ingestor.tag) "workload" $manager
  "action" "setEnv" "container" "api" "env" "INGESTOR_IMAGE_DIGEST") -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "images" $polled) -}}
{{- end }}

{{/*
The value of INGESTOR_IMAGE_DIGEST: the pin, else what the running Deployment holds, so that an upgrade does not take back
what image refresh wrote there; where a render cannot look it up, image refresh repairs it. Call: include
"client.ingestorDigest" $
*/}}
{{- define "client.ingestorDigest" -}}
{{- $images := include "client.images" . | fromYaml -}}
{{- $live := "" -}}
{{- $deployment := lookup "apps/v1" "Deployment" .Release.Namespace (include "client.jobsManager" .) -}}
{{- range ((($deployment.spec).template).spec).containers -}}
{{- if eq .name "api" -}}
{{- range .env }}{{ if eq .name "INGESTOR_IMAGE_DIGEST" }}{{ $live = .value | default "" }}{{ end }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $images.ingestor.digest | default (regexFind "^sha256:[a-f0-9]{64}$" $live) -}}
{{- end }}

{{/*
The seconds of a duration such as 90s, 10m or 1h. Call: include "client.seconds" "10m"
*/}}
{{- define "client.seconds" -}}
{{- $unit := index (dict "s" 1 "m" 60 "h" 3600) (regexFind "[smh]$" .) -}}
{{- mul (regexFind "^[0-9]+" .) $unit -}}
{{- end }}

{{/*
The seconds that a tick may take: one rollout after the other of each workload, and 5 minutes to ask and to write. Call:
include "client.tickSeconds" $
*/}}
{{- define "client.tickSeconds" -}}
{{- $workloads := list -}}
{{- range (include "client.refresh" . | fromYaml).images }}{{ $workloads = append $workloads .workload }}{{ end -}}
{{- $rollout := include "client.seconds" (.Values.imageRefresh.rolloutTimeout | default "10m") -}}
{{- add (mul $rollout (len (uniq $workloads))) 300 -}}
{{- end }}

{{/*
Ticks in a row that may go without an answer; 1.x called the value ingestorResolveFailureThreshold. Call: include
"client.failureThreshold" $
*/}}
{{- define "client.failureThreshold" -}}
{{- .Values.imageRefresh.ingestorResolveFailureThreshold | default .Values.imageRefresh.failureThreshold | default 3 -}}
{{- end }}

{{/*
Where the worker finds its configuration and what that names, for its CronJob and for the test that runs it by hand. Call:
include "client.refreshMounts" $
*/}}
{{- define "client.refreshMounts" -}}
- name: refresh
  mountPath: /etc/tracebloc/refresh
  readOnly: true
{{- if include "client.pullSecret" . }}
- name: registry
  mountPath: /var/run/secrets/registry
  readOnly: true
{{- end }}
{{- if .Values.caBundle }}
- name: ca
  mountPath: /etc/tracebloc/ca
  readOnly: true
{{- end }}
{{- end }}

{{/*
The volumes of client.refreshMounts. Call: include "client.refreshVolumes" $
*/}}
{{- define "client.refreshVolumes" -}}
- name: refresh
  configMap:
    name: {{ include "client.imageRefresh" . }}
{{- with include "client.pullSecret" . }}
- name: registry
  secret:
    secretName: {{ . }}
{{- end }}
{{- with .Values.caBundle }}
- name: ca
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}

{{/*
What the worker may do, by name and nothing more. Call: include "client.refreshRules" $
*/}}
{{- define "client.refreshRules" -}}
{{- $names := list -}}
{{- range (include "client.refresh" . | fromYaml).images }}{{ $names = append $names (base .workload) }}{{ end -}}
- apiGroups: [apps]
  resources: [deployments]
  resourceNames: {{ uniq $names | toJson }}
  verbs: [get, patch]
{{- end }}

{{/*
The worker's configuration. Call: include "client.refreshConfiguration" $
*/}}
{{- define "client.refreshConfiguration" -}}
{{- $images := (include "client.refresh" . | fromYaml).images -}}
{{- $hosts := list -}}
{{- range $images }}{{ $hosts = append $hosts (splitList "/" .image | first) }}{{ end -}}
apiVersion: refresh.tracebloc.io/v1
kind: RefreshConfig
namespace: {{ .Release.Namespace }}
rolloutTimeout: {{ .Values.imageRefresh.rolloutTimeout | default "10m" }}
tickTimeout: {{ include "client.tickSeconds" . }}s
failureThreshold: {{ include "client.failureThreshold" . }}
maxRefreshAttempts: {{ .Values.imageRefresh.maxRefreshAttempts | default 3 }}
{{- if include "client.pullSecret" . }}
dockerConfigFile: /var/run/secrets/registry/.dockerconfigjson
{{- end }}
{{- if .Values.caBundle }}
registries:
  {{- range uniq $hosts }}
  {{ . | quote }}: {caFile: /etc/tracebloc/ca/ca.crt}
  {{- end }}
{{- end }}
images:
  {{- toYaml $images | nindent 2 }}
{{- end }}
