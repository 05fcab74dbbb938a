{{/*
The rules that a schema cannot express, and those that --skip-schema-validation skips: every problem at once.
Call: include "client.validate" $
*/}}
{{- define "client.validate" -}}
{{- $problems := concat
  (include "client.credentialProblems" . | fromYamlArray)
  (include "client.imageProblems" . | fromYamlArray)
  (include "client.environmentProblems" . | fromYamlArray)
  (include "client.clusterProblems" . | fromYamlArray)
  (include "client.retiredProblems" . | fromYamlArray)
-}}
{{- if $problems }}{{ fail (printf "these values cannot be installed:\n  - %s" (join "\n  - " $problems)) }}{{ end -}}
{{- end }}

{{/*
The problems of clientId, clientPassword, existingSecret and podTokenSigningSecret, as a YAML list.
Call: include "client.credentialProblems" $
*/}}
{{- define "client.credentialProblems" -}}
{{- range $key := list "clientId" "clientPassword" -}}
{{- $given := index $.Values $key | default "" -}}
{{- if and $.Values.existingSecret $given }}
- {{ $key }} and existingSecret exclude each other; keep one
{{- else if not (or $.Values.existingSecret $given) }}
- "{{ $key }} is empty; set it, or name a Secret that holds it: existingSecret"
{{- else if regexMatch "^<.*>$" $given }}
- {{ $key }} is still a placeholder; replace it by your own
{{- end }}
{{- end }}
{{- $signing := .Values.podTokenSigningSecret | default "" }}
{{- if and $signing (not .Values.existingSecret) (not (include "client.isLongKey" $signing)) }}
- podTokenSigningSecret is shorter than 32 bytes, which jobs-manager and requests-proxy refuse; remove it, and the chart
  generates a key
{{- end }}
{{- end }}

{{/*
"true" where a key is long enough to sign tokens with (RFC 7518, section 3.2).
Call: include "client.isLongKey" "a key"
*/}}
{{- define "client.isLongKey" -}}
{{- if ge (len .) 32 }}true{{ end -}}
{{- end }}

{{/*
The problems of images and dockerRegistry, as a YAML list.
Call: include "client.imageProblems" $
*/}}
{{- define "client.imageProblems" -}}
{{- $registry := .Values.dockerRegistry | default dict -}}
{{- if and $registry.create $registry.existingSecret }}
- dockerRegistry.create and dockerRegistry.existingSecret exclude each other; keep one
{{- end }}
{{- range list "server" "username" "password" }}
{{- if and $registry.create (not (index $registry .)) }}
- dockerRegistry.{{ . }} is empty; dockerRegistry.create needs it
{{- end }}
{{- end }}
{{- $credentials := (.Values.imageRefresh).credentials | default dict -}}
{{- if and $credentials.pullSecrets (include "client.pullSecret" .) }}
- imageRefresh.credentials.pullSecrets has no effect beside the secret of dockerRegistry, because pods with a secret
  of their own ignore those of their service account; keep one
{{- end }}
{{- range $name, $image := include "client.images" . | fromYaml }}
{{- if eq $image.tag "latest" }}
- the tag of {{ $name }} is latest, which does not identify an image; set another
{{- end }}
{{- end }}
{{- end }}

{{/*
The problems of env, as a YAML list.
Call: include "client.environmentProblems" $
*/}}
{{- define "client.environmentProblems" -}}
{{- $env := .Values.env | default dict -}}
{{- if not (has (include "client.environment" .) (list "dev" "stg" "prod")) }}
- {{ printf "env.CLIENT_ENV is %s; it is dev, stg or prod" $env.CLIENT_ENV | quote }}
{{- end }}
{{- range list "HTTP_PROXY_PORT" "HTTP_PROXY_USERNAME" "HTTP_PROXY_PASSWORD" }}
{{- if and (index $env .) (not $env.HTTP_PROXY_HOST) }}
- env.{{ . }} needs env.HTTP_PROXY_HOST
{{- end }}
{{- end }}
{{- if and $env.HTTP_PROXY_PASSWORD (not $env.HTTP_PROXY_USERNAME) }}
- env.HTTP_PROXY_PASSWORD needs env.HTTP_PROXY_USERNAME
{{- end }}
{{- end }}

{{/*
The problems of storage, network, pods, policy and auto-upgrade, as a YAML list.
Call: include "client.clusterProblems" $
*/}}
{{- define "client.clusterProblems" -}}
{{- $class := .Values.storageClass | default dict -}}
{{- $pods := .Values.pods | default dict -}}
{{- $policy := (.Values.imageRefresh).policy | default dict -}}
{{- if and $policy.ignoreOtherPlatforms (not $policy.platforms) }}
- imageRefresh.policy.ignoreOtherPlatforms needs imageRefresh.policy.platforms
{{- end }}
{{- if and (eq false .Values.clusterScope) (include "client.refreshSeesNodes" .) }}
- imageRefresh.policy.platforms nodes needs clusterScope, to list the nodes; list the platforms instead
{{- end }}
{{- if include "client.chartIsExposed" . }}
- autoUpgrade.repoUrl is plain HTTP and nothing verifies the charts, so that anyone on the network could replace them;
  use https://, or set autoUpgrade.keyringSecret
{{- end }}
{{- if and $class.create (not $class.provisioner) }}
- storageClass.provisioner is empty; storageClass.create needs it
{{- end }}
{{- if and (eq false $class.create) (not $class.name) }}
- storageClass.name is empty; storageClass.create false needs it
{{- end }}
{{- range $place, $labels := dict "pods.labels" $pods.labels "pods.jobs.labels" ($pods.jobs).labels }}
{{- range list "app" "tracebloc.io/workload" }}
{{- if hasKey ($labels | default dict) . }}
- label {{ . }} in {{ $place }} selects pods in Services and policies of the chart; use another
{{- end }}
{{- end }}
{{- end }}
{{- if and ((.Values.networkPolicy).training).enabled (not (include "client.clusterCidrs" . | fromYamlArray)) }}
- networkPolicy.training.clusterCidrs is empty, which would let training pods reach everything; list the networks of
  pods and services, or set networkPolicy.training.enabled to false
{{- end }}
{{- end }}
