{{/*
What a schema cannot say, and what it would have said with --skip-schema-validation: every problem at once. Call:
include "client.validate" $
*/}}
{{- define "client.validate" -}}
{{- $problems := concat
  (include "client.credentialProblems" . | fromYamlArray)
  (include "client.registryProblems" . | fromYamlArray)
  (include "client.environmentProblems" . | fromYamlArray)
  (include "client.clusterProblems" . | fromYamlArray)
-}}
{{- if $problems }}{{ fail (printf "these values cannot be installed:\n  - %s" (join "\n  - " $problems)) }}{{ end -}}
{{- end }}

{{/*
The problems of clientId, clientPassword and existingSecret, as a YAML list. Call: include "client.credentialProblems" $
*/}}
{{- define "client.credentialProblems" -}}
{{- $problems := list -}}
{{- range $key := list "clientId" "clientPassword" -}}
{{- $given := index $.Values $key | default "" -}}
{{- if and $.Values.existingSecret $given -}}
{{- $problems = append $problems (printf "%s and existingSecret exclude each other; keep one" $key) -}}
{{- else if not (or $.Values.existingSecret $given) -}}
{{- $problems = append $problems (printf "%s is empty; give it, or name a Secret that holds it: existingSecret" $key) -}}
{{- else if regexMatch "^<.*>$" $given -}}
{{- $problems = append $problems (printf "%s is still the placeholder %s; put your own in its place" $key $given) -}}
{{- end -}}
{{- end -}}
{{- toYaml $problems -}}
{{- end }}

{{/*
The problems of dockerRegistry and images, as a YAML list. Call: include "client.registryProblems" $
*/}}
{{- define "client.registryProblems" -}}
{{- $problems := list -}}
{{- $registry := .Values.dockerRegistry | default dict -}}
{{- if and $registry.create $registry.existingSecret -}}
{{- $problems = append $problems "dockerRegistry.create and dockerRegistry.existingSecret exclude each other; keep one" -}}
{{- end -}}
{{- if $registry.create -}}
{{- range list "server" "username" "password" -}}
{{- if not (index $registry .) -}}
{{- $problems = append $problems (printf "dockerRegistry.%s is empty; dockerRegistry.create needs it" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $image := include "client.images" . | fromYaml -}}
{{- if eq $image.tag "latest" -}}
{{- $problems = append $problems (printf "the tag of %s is latest, which says nothing of what runs; name another" $name) -}}
{{- end -}}
{{- end -}}
{{- toYaml $problems -}}
{{- end }}

{{/*
The problems of env, as a YAML list. Call: include "client.environmentProblems" $
*/}}
{{- define "client.environmentProblems" -}}
{{- $problems := list -}}
{{- $env := .Values.env | default dict -}}
{{- if not (has (include "client.environment" .) (list "dev" "stg" "prod")) -}}
{{- $problems = append $problems (printf "env.CLIENT_ENV is %s; it is dev, stg or prod" $env.CLIENT_ENV) -}}
{{- end -}}
{{- range list "HTTP_PROXY_PORT" "HTTP_PROXY_USERNAME" "HTTP_PROXY_PASSWORD" -}}
{{- if and (index $env .) (not $env.HTTP_PROXY_HOST) -}}
{{- $problems = append $problems (printf "env.%s needs env.HTTP_PROXY_HOST" .) -}}
{{- end -}}
{{- end -}}
{{- if and $env.HTTP_PROXY_PASSWORD (not $env.HTTP_PROXY_USERNAME) -}}
{{- $problems = append $problems "env.HTTP_PROXY_PASSWORD needs env.HTTP_PROXY_USERNAME" -}}
{{- end -}}
{{- toYaml $problems -}}
{{- end }}

{{/*
The problems of storage and network, as a YAML list. Call: include "client.clusterProblems" $
*/}}
{{- define "client.clusterProblems" -}}
{{- $problems := list -}}
{{- $class := .Values.storageClass | default dict -}}
{{- if and $class.create (not $class.provisioner) -}}
{{- $problems = append $problems "storageClass.provisioner is empty; storageClass.create needs it" -}}
{{- end -}}
{{- if and (eq false $class.create) (not $class.name) -}}
{{- $problems = append $problems "storageClass.name is empty; storageClass.create false needs it" -}}
{{- end -}}
{{- $training := (.Values.networkPolicy).training | default dict -}}
{{- if and $training.enabled (not $training.clusterCidrs) -}}
{{- $problems = append $problems (print "networkPolicy.training.clusterCidrs is empty, which would let training pods "
  "reach everything; list the networks of pods and services, or set networkPolicy.training.enabled to false") -}}
{{- end -}}
{{- toYaml $problems -}}
{{- end }}
