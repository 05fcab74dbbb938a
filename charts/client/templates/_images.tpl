{{/*
The environment by its short name, which is also the tag of the pods monitor. Raw aliases made 1.x poll a tag that does
not exist. An unknown name stays as it is, for client.validate to reject.
Call: include "client.environment" $
*/}}
{{- define "client.environment" -}}
{{- $given := ((.Values.env).CLIENT_ENV) | default "prod" -}}
{{- get (dict "development" "dev" "staging" "stg" "production" "prod") $given | default $given -}}
{{- end }}

{{/*
A repository with its registry. global.imageRegistry replaces the registry of the chart's own repositories; a
repository that names another registry stays.
Call: include "client.repository" (list $ given own)
*/}}
{{- define "client.repository" -}}
{{- if ne (len .) 3 }}{{ fail "client.repository takes (list $ given own)" }}{{ end -}}
{{- $mirror := ((index . 0).Values.global).imageRegistry -}}
{{- $own := index . 2 -}}
{{- $given := index . 1 | default $own -}}
{{- $first := splitList "/" $given | first -}}
{{- $named := and (contains "/" $given) (or (contains "." $first) (contains ":" $first) (eq $first "localhost")) -}}
{{- if not $named -}}
{{ $mirror | default "docker.io" }}/{{ $given }}
{{- else if and $mirror (eq $given $own) -}}
{{ $mirror }}/{{ trimPrefix (printf "%s/" $first) $given }}
{{- else -}}
{{ $given }}
{{- end -}}
{{- end }}

{{/*
Every image as {repository, tag, digest}, and signedAs for a mirrored one; the only place that decides this. The chart
does not use images of 1.x's CronJobs: they hold another program. The same goes for docker.io/tracebloc/jobs-manager,
which charts 1.x go on to follow.
Call: $images := include "client.images" $ | fromYaml
*/}}
{{- define "client.images" -}}
{{- $images := .Values.images | default dict -}}
{{- $environment := include "client.environment" . -}}
{{- $jobsManager := ($images.jobsManager).digest | default "" -}}
{{- $published := dict "jobsManager" "ghcr.io/tracebloc/jobs-manager" "podsMonitor" "docker.io/tracebloc/pods-monitor"
  "requestsProxy" "ghcr.io/tracebloc/jobs-manager" "ingestor" "ghcr.io/tracebloc/ingestor" -}}
{{- $manager := include "client.repository" (list . "" $published.jobsManager) -}}
{{- $monitor := include "client.repository" (list . "" $published.podsMonitor) -}}
{{- $ingestor := include "client.repository" (list . ($images.ingestor).repository $published.ingestor) -}}
{{- $mysql := $images.mysqlClient | default dict -}}
{{- $database := include "client.repository" (list . $mysql.repository "docker.io/tracebloc/mysql-client") -}}
{{- $result := dict
  "jobsManager" (dict "repository" $manager "tag" $environment "floats" true "digest" $jobsManager)
  "podsMonitor" (dict "repository" $monitor "tag" $environment "floats" true "digest" (($images.podsMonitor).digest))
  "requestsProxy" (dict "repository" $manager "tag" $environment "floats" true
    "digest" (($images.requestsProxy).digest | default $jobsManager))
  "ingestor" (dict "repository" $ingestor "tag" (($images.ingestor).tag | default "prod")
    "digest" (($images.ingestor).digest))
  "mysqlClient" (dict "repository" $database "tag" ($mysql.tag | default "prod") "digest" $mysql.digest)
-}}
{{- range $name, $own := $published -}}
{{- $image := index $result $name -}}
{{- if and ($.Values.global).imageRegistry (eq $image.repository (include "client.repository" (list $ "" $own))) -}}
{{- $_ := set $image "signedAs" $own -}}
{{- end -}}
{{- end -}}
{{- range $component, $repository := dict "imageRefresh" "image-refresh" "autoUpgrade" "chart-upgrade" -}}
{{- $given := (index $.Values $component | default dict).image | default dict -}}
{{- if include "client.isScriptImage" $given.repository }}{{ $given = dict }}{{ end -}}
{{- $own := printf "docker.io/tracebloc/%s" $repository -}}
{{- $_ := set $result $component (dict "repository" (include "client.repository" (list $ $given.repository $own))
  "tag" ($given.tag | default $.Chart.AppVersion) "digest" $given.digest) -}}
{{- end -}}
{{- toYaml $result -}}
{{- end }}

{{/*
"true" for an image of 1.x's scripts.
Call: include "client.isScriptImage" repository
*/}}
{{- define "client.isScriptImage" -}}
{{- if regexMatch "(^|/)alpine/(k8s|helm)$" (. | default "") }}true{{ end -}}
{{- end }}

{{/*
image and imagePullPolicy of a container. A pod pulls a floating tag at each start, which makes a restart a refresh.
Every other image starts without the registry.
Call: include "client.image" $images.jobsManager
*/}}
{{- define "client.image" -}}
image: {{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
imagePullPolicy: {{ if and .floats (not .digest) }}Always{{ else }}IfNotPresent{{ end }}
{{- end }}

{{/*
The pull secret's name; empty without one.
Call: include "client.pullSecret" $
*/}}
{{- define "client.pullSecret" -}}
{{- $registry := .Values.dockerRegistry | default dict -}}
{{- if $registry.existingSecret -}}
{{ $registry.existingSecret }}
{{- else if $registry.create -}}
{{ include "client.name" (list . "regcred") }}
{{- end -}}
{{- end }}

{{/*
"true" where the chart makes the pull secret.
Call: include "client.ownPullSecret" $
*/}}
{{- define "client.ownPullSecret" -}}
{{- $registry := .Values.dockerRegistry | default dict -}}
{{- if and $registry.create (not $registry.existingSecret) }}true{{ end -}}
{{- end }}

{{/*
imagePullSecrets of a pod; empty without a pull secret.
Call: include "client.imagePullSecrets" $
*/}}
{{- define "client.imagePullSecrets" -}}
{{- with include "client.pullSecret" . -}}
imagePullSecrets:
  - name: {{ . | quote }}
{{- end -}}
{{- end }}
