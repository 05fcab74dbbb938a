{{/*
The images that a restart refreshes, each with its Deployment and container. requests-proxy runs the image of
jobs-manager, so it follows the same tag.
Call: include "client.restarted" $ | fromYamlArray
*/}}
{{- define "client.restarted" -}}
{{- $images := include "client.images" . | fromYaml -}}
{{- $jobsManager := include "client.jobsManager" . -}}
{{- $requestsProxy := include "client.requestsProxy" . -}}
{{- list
  (dict "name" "jobs-manager" "image" $images.jobsManager "deployment" $jobsManager "container" "api")
  (dict "name" "pods-monitor" "image" $images.podsMonitor "deployment" $jobsManager
    "container" "pods-monitor-container")
  (dict "name" "requests-proxy" "image" $images.requestsProxy "deployment" $requestsProxy "container" "proxy")
  | toYaml -}}
{{- end }}

{{/*
The images that image refresh polls; the only place that decides this. CronJob, configuration, Role, test and notes of
image refresh exist only where this is not empty. A pinned image has no entry. With signatures a pod runs no tag: what a
tag refers to when the pod starts may be unsigned. A restarted image names its container only where a rollback may pin
it there.
Call: include "client.polledImages" $ | fromYamlArray
*/}}
{{- define "client.polledImages" -}}
{{- $floating := include "client.restarted" . | fromYamlArray -}}
{{- $restart := include "client.verifies" . | empty | ternary "restart" "setImage" -}}
{{- if not (eq false (((.Values.images).ingestor).autoRefresh)) -}}
{{- $ingestor := (include "client.images" . | fromYaml).ingestor -}}
{{- $floating = append $floating (dict "name" "ingestor" "image" $ingestor
    "deployment" (include "client.jobsManager" .) "container" "api" "env" "INGESTOR_IMAGE_DIGEST") -}}
{{- end -}}
{{- if (.Values.imageRefresh).enabled }}
{{- $policy := .Values.imageRefresh.policy | default dict }}
{{- range $floating }}{{ if not .image.digest }}
- name: {{ .name }}
  image: {{ .image.repository }}:{{ .image.tag }}
  workload: deployment/{{ .deployment }}
  action: {{ empty .env | ternary $restart "setEnv" }}
  {{- if or .env (include "client.goesBack" $) (include "client.verifies" $) }}
  container: {{ .container }}
  {{- end }}
  {{- with .env }}
  env: {{ . }}
  {{- end }}
  {{- with omit $policy "verify" }}{{ toYaml . | nindent 2 }}{{ end }}
  {{- with include "client.verification" (list $ .image) }}{{ . | nindent 2 }}{{ end }}
{{- end }}{{ end }}
{{- end }}
{{- end }}

{{/*
"true" where image refresh requires signatures.
Call: include "client.verifies" $
*/}}
{{- define "client.verifies" -}}
{{- $policy := (.Values.imageRefresh).policy | default dict -}}
{{- $verify := $policy.verify | default dict -}}
{{- if and (.Values.imageRefresh).enabled (or $verify.key ($verify.keyless).issuer) }}true{{ end -}}
{{- end }}

{{/*
"true" where a failed rollout is rolled back.
Call: include "client.goesBack" $
*/}}
{{- define "client.goesBack" -}}
{{- $policy := .Values.imageRefresh.policy | default dict -}}
{{- if eq "rollback" (toString $policy.onFailure) }}true{{ end -}}
{{- end }}

{{/*
image and imagePullPolicy of a container that image refresh restarts. The digest that image refresh has set there stays,
as a signed image or as the pin of a rollback: another value would conflict with image refresh. It is taken over only as
a digest of the configured repository. The policy stays the tag's, so that it changes with no digest.
Call: include "client.refreshedImage" (list $ "jobs-manager")
*/}}
{{- define "client.refreshedImage" -}}
{{- if ne (len .) 2 }}{{ fail "client.refreshedImage takes (list $ name)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $restarted := dict -}}
{{- range include "client.restarted" $root | fromYamlArray -}}
{{- if eq .name $name }}{{ $restarted = . }}{{ end -}}
{{- end -}}
{{- if not $restarted }}{{ fail (printf "client.refreshedImage: nothing restarts %s" $name) }}{{ end -}}
{{- $image := $restarted.image -}}
{{- $tagged := printf "%s:%s" $image.repository $image.tag -}}
{{- $deployment := lookup "apps/v1" "Deployment" $root.Release.Namespace $restarted.deployment -}}
{{- $live := "" -}}
{{- range ((($deployment.spec).template).spec).containers -}}
{{- if eq .name $restarted.container }}{{ $live = .image | default "" }}{{ end -}}
{{- end -}}
{{- $digest := printf "^%s@sha256:[a-f0-9]{64}$" (regexQuoteMeta $image.repository) -}}
{{- $keeps := or (include "client.verifies" $root) (include "client.isPinnedBack" (list $deployment $restarted)) -}}
{{- $isKept := and ($root.Values.imageRefresh).enabled $keeps (regexMatch $digest $live) -}}
{{- $set := empty $isKept | ternary $tagged $live -}}
{{ include "client.image" $image | replace (printf "image: %s\n" $tagged) (printf "image: %s\n" $set) }}
{{- end }}

{{/*
"true" where a rollback has pinned the container. Earlier builds wrote the image after it: container=repository:tag.
Call: include "client.isPinnedBack" (list $deployment $restarted)
*/}}
{{- define "client.isPinnedBack" -}}
{{- if ne (len .) 2 }}{{ fail "client.isPinnedBack takes (list $deployment $restarted)" }}{{ end -}}
{{- $restarted := index . 1 -}}
{{- $annotation := printf "tracebloc.io/%s-refresh-pinned-from" $restarted.name -}}
{{- $pin := get (((index . 0).metadata).annotations | default dict) $annotation -}}
{{- if eq $restarted.container (splitList "=" $pin | first) }}true{{ end -}}
{{- end }}

{{/*
The signature options of an image; empty where none is required. A mirror holds the signature under the original name.
Call: include "client.verification" (list $ $images.ingestor)
*/}}
{{- define "client.verification" -}}
{{- if ne (len .) 2 }}{{ fail "client.verification takes (list $ image)" }}{{ end -}}
{{- $image := index . 1 -}}
{{- $policy := (index . 0).Values.imageRefresh.policy | default dict -}}
{{- $verify := $policy.verify | default dict -}}
{{- if $verify.key -}}
verify:
  key: /etc/tracebloc/refresh/cosign.pub
{{- else if ($verify.keyless).issuer -}}
verify:
  keyless:
    issuer: {{ $verify.keyless.issuer | quote }}
    identity: {{ $verify.keyless.identity | quote }}
    trustRoot: /etc/tracebloc/refresh/trusted_root.json
{{- end -}}
{{- if or $verify.key ($verify.keyless).issuer -}}
{{- with $verify.notOlderThan }}
  notOlderThan: {{ . }}
{{- end }}
{{- with $image.signedAs }}
  signedAs: {{ . }}
{{- end }}
{{- end -}}
{{- end }}

{{/*
The value of INGESTOR_IMAGE_DIGEST: the pin, else the digest in the running Deployment, so that an upgrade keeps the
digest that image refresh wrote. Where a rendering cannot look it up, image refresh repairs it. Empty where helm may
leave the value out: any value of helm's conflicts as soon as image refresh writes another.
Call: include "client.ingestorDigest" $
*/}}
{{- define "client.ingestorDigest" -}}
{{- $pin := (include "client.images" . | fromYaml).ingestor.digest -}}
{{- $deployment := lookup "apps/v1" "Deployment" .Release.Namespace (include "client.jobsManager" .) -}}
{{- if or $pin (not (include "client.refreshKeepsDigest" $deployment)) -}}
{{- $live := "" -}}
{{- range ((($deployment.spec).template).spec).containers -}}
{{- range .env }}{{ if eq .name "INGESTOR_IMAGE_DIGEST" }}{{ $live = .value | default "" }}{{ end }}{{ end -}}
{{- end -}}
{{- $pin | default (regexFind "^sha256:[a-f0-9]{64}$" $live) -}}
{{- end -}}
{{- end }}

{{/*
"true" where helm may leave INGESTOR_IMAGE_DIGEST without a value: image refresh owns it, and helm has only ever applied
on the server's side, which keeps the fields of other owners. A merge on helm's side would remove a value that an
earlier revision had.
Call: include "client.refreshKeepsDigest" $deployment
*/}}
{{- define "client.refreshKeepsDigest" -}}
{{- $owns := false -}}
{{- $applies := false -}}
{{- $merges := false -}}
{{- range (.metadata).managedFields -}}
{{- if eq .manager "tracebloc-image-refresh" -}}
{{- $owns = or $owns (contains "INGESTOR_IMAGE_DIGEST" (toJson .fieldsV1)) -}}
{{- else if eq .manager "helm" -}}
{{- $applies = or $applies (eq .operation "Apply") -}}
{{- $merges = or $merges (eq .operation "Update") -}}
{{- end -}}
{{- end -}}
{{- if and $owns $applies (not $merges) }}true{{ end -}}
{{- end }}

{{/*
The seconds of a duration such as 90s, 10m or 1h; an empty one is 10m, the default of both timeouts.
Call: include "client.seconds" "20m"
*/}}
{{- define "client.seconds" -}}
{{- $duration := . | default "10m" -}}
{{- $unit := index (dict "s" 1 "m" 60 "h" 3600) (regexFind "[smh]$" $duration) -}}
{{- mul (regexFind "^[0-9]+" $duration) $unit -}}
{{- end }}

{{/*
The seconds that a tick may take: one rollout per workload in turn, twice that where rollouts may go back, and 5 minutes
for requests.
Call: include "client.tickSeconds" $
*/}}
{{- define "client.tickSeconds" -}}
{{- $workloads := list -}}
{{- range include "client.polledImages" . | fromYamlArray }}{{ $workloads = append $workloads .workload }}{{ end -}}
{{- $rollout := include "client.seconds" .Values.imageRefresh.rolloutTimeout -}}
{{- $each := include "client.goesBack" . | eq "true" | ternary 2 1 -}}
{{- add (mul $rollout (len (uniq $workloads)) $each) 300 -}}
{{- end }}

{{/*
Ticks in a row that may pass without an answer; 1.x called the value ingestorResolveFailureThreshold.
Call: include "client.failureThreshold" $
*/}}
{{- define "client.failureThreshold" -}}
{{- $refresh := .Values.imageRefresh -}}
{{- $refresh.ingestorResolveFailureThreshold | default $refresh.failureThreshold | default 3 | int -}}
{{- end }}

{{/*
The mounts of the worker's configuration and of the files that it names, for the CronJob and the test.
Call: include "client.refreshMounts" $
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
{{- with include "client.caMount" . }}
{{ . }}
{{- end }}
{{- if include "client.refreshWebhook" . }}
- name: webhook
  mountPath: /var/run/secrets/webhook
  readOnly: true
{{- end }}
{{- end }}

{{/*
The volumes of client.refreshMounts.
Call: include "client.refreshVolumes" $
*/}}
{{- define "client.refreshVolumes" -}}
- name: refresh
  configMap:
    name: {{ include "client.imageRefresh" . }}
{{- with include "client.pullSecret" . }}
- name: registry
  secret:
    secretName: {{ . | quote }}
{{- end }}
{{- with include "client.caVolume" . }}
{{ . }}
{{- end }}
{{- with include "client.refreshWebhook" . | fromYaml }}
- name: webhook
  secret:
    secretName: {{ .existingSecret | quote }}
    items:
      - {key: {{ .key | default "url" | quote }}, path: url}
{{- end }}
{{- end }}

{{/*
The worker's permissions in the namespace, limited to names where RBAC can.
Call: include "client.refreshRules" $
*/}}
{{- define "client.refreshRules" -}}
{{- $names := list -}}
{{- range include "client.polledImages" . | fromYamlArray }}{{ $names = append $names (base .workload) }}{{ end -}}
- apiGroups: [apps]
  resources: [deployments]
  resourceNames: {{ uniq $names | toJson }}
  verbs: [get, patch]
{{- $credentials := .Values.imageRefresh.credentials | default dict }}
{{- with $credentials.pullSecrets }}
# Each workload runs under a service account of its own name.
- apiGroups: [""]
  resources: [serviceaccounts]
  resourceNames: {{ uniq $names | toJson }}
  verbs: [get]
- apiGroups: [""]
  resources: [secrets]
  resourceNames: {{ uniq . | toJson }}
  verbs: [get]
{{- end }}
{{- if .Values.imageRefresh.readPods }}
# RBAC cannot limit a list to some pods.
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
# A pod counts only if a ReplicaSet leads from it to the workload.
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [list]
{{- end }}
{{- with include "client.refreshEventRules" . }}
{{ . }}
{{- end }}
{{- end }}

{{/*
The options of one registry, as the inside of a mapping; empty where there are none.
Call: include "client.refreshRegistry" (list $ "ghcr.io")
*/}}
{{- define "client.refreshRegistry" -}}
{{- if ne (len .) 2 }}{{ fail "client.refreshRegistry takes (list $ host)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $credentials := $root.Values.imageRefresh.credentials | default dict -}}
{{- $options := list -}}
{{- with include "client.caFile" $root }}{{ $options = append $options (printf "caFile: %s" .) }}{{ end -}}
{{- with index ($credentials.helpers | default dict) (index . 1) -}}
{{- $options = append $options (printf "credentialHelper: %s" (quote .)) -}}
{{- end -}}
{{- if $credentials.anonymousRetry }}{{ $options = append $options "anonymousRetry: true" }}{{ end -}}
{{- join ", " $options -}}
{{- end }}

{{/*
The worker's permissions for Events; empty where it writes none.
Call: include "client.refreshEventRules" $
*/}}
{{- define "client.refreshEventRules" -}}
{{- $notices := (.Values.imageRefresh).notices | default dict -}}
{{- if and $notices.events (include "client.polledImages" .) -}}
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}
{{- end }}

{{/*
The worker's configuration.
Call: include "client.refreshConfiguration" $
*/}}
{{- define "client.refreshConfiguration" -}}
{{- $hosts := list -}}
{{- range include "client.polledImages" . | fromYamlArray -}}
{{- $hosts = append $hosts (splitList "/" .image | first) -}}
{{- end -}}
{{- $credentials := .Values.imageRefresh.credentials | default dict -}}
{{- $hosts = concat $hosts ($credentials.helpers | default dict | keys | sortAlpha) | uniq -}}
apiVersion: refresh.tracebloc.io/v1
kind: RefreshConfig
namespace: {{ .Release.Namespace | quote }}
rolloutTimeout: {{ include "client.seconds" .Values.imageRefresh.rolloutTimeout }}s
tickTimeout: {{ include "client.tickSeconds" . }}s
failureThreshold: {{ include "client.failureThreshold" . }}
maxRefreshAttempts: {{ int (.Values.imageRefresh.maxRefreshAttempts | default 3) }}
{{- if include "client.pullSecret" . }}
dockerConfigFile: /var/run/secrets/registry/.dockerconfigjson
{{- end }}
{{- if $credentials.pullSecrets }}
pullSecrets: true
{{- end }}
{{- if or .Values.caBundle $credentials.anonymousRetry $credentials.helpers }}
registries:
  {{- range $host := $hosts }}
  {{- with include "client.refreshRegistry" (list $ $host) }}
  {{ $host | quote }}: {{ printf "{%s}" . }}
  {{- end }}
  {{- end }}
{{- end }}
images:
  {{- include "client.polledImages" . | trim | nindent 2 }}
{{- include "client.refreshNotices" . }}
{{- end }}

{{/*
Events, metrics and webhook, as options of the worker's configuration.
Call: include "client.refreshNotices" $
*/}}
{{- define "client.refreshNotices" -}}
{{- $notices := .Values.imageRefresh.notices | default dict -}}
{{- $ca := include "client.caFile" . -}}
{{- if $notices.events }}
events: true
{{- end }}
{{- with ($notices.metrics).otlp }}
metrics:
  otlp: {{ . | quote }}
  {{- with $ca }}
  caFile: {{ . }}
  {{- end }}
{{- end }}
{{- with include "client.refreshWebhook" $ | fromYaml }}
webhook:
  urlFile: /var/run/secrets/webhook/url
  format: {{ .format | default "json" }}
  {{- with $ca }}
  caFile: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
The options of the webhook; empty where there is none.
Call: include "client.refreshWebhook" $ | fromYaml
*/}}
{{- define "client.refreshWebhook" -}}
{{- $notices := (.Values.imageRefresh).notices | default dict -}}
{{- if ($notices.webhook).existingSecret }}{{ toYaml $notices.webhook }}{{ end -}}
{{- end }}

{{/*
"true" where the policy needs the platforms of the cluster's nodes.
Call: include "client.refreshSeesNodes" $
*/}}
{{- define "client.refreshSeesNodes" -}}
{{- if include "client.polledImages" . -}}
{{- $policy := .Values.imageRefresh.policy | default dict -}}
{{- if eq "nodes" (toString $policy.platforms) }}true{{ end -}}
{{- end -}}
{{- end }}

{{/*
The worker's permissions in the cluster.
Call: include "client.refreshClusterRules" $
*/}}
{{- define "client.refreshClusterRules" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [list]
{{- end }}
