{{/*
Labels and annotations of a pod that stays: the chart's own over the values', because selectors need the former.
Call: include "client.podMetadata" (list $ $labels $annotations)
*/}}
{{- define "client.podMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.podMetadata takes (list $ labels annotations)" }}{{ end -}}
{{- $given := (index . 0).Values.pods | default dict -}}
{{- $labels := mergeOverwrite (dict) (deepCopy ($given.labels | default dict)) (index . 1) -}}
{{- $annotations := mergeOverwrite (dict) (deepCopy ($given.annotations | default dict)) (index . 2) -}}
labels:
  {{- toYaml $labels | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
The same for a pod that ends: it stays out of service meshes, because a sidecar that outlives the program keeps the Job
running until its deadline. pods.jobs overrides that.
Call: include "client.jobPodMetadata" (list $ $labels $annotations)
*/}}
{{- define "client.jobPodMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.jobPodMetadata takes (list $ labels annotations)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $pods := $root.Values.pods | default dict -}}
{{- $given := $pods.jobs | default dict -}}
{{- $out := include "client.meshOptOut" $root | fromYaml -}}
{{- $labels := mergeOverwrite (dict) $out.labels (deepCopy ($given.labels | default dict)) (index . 1) -}}
{{- $annotations := mergeOverwrite (dict)
    $out.annotations (deepCopy ($given.annotations | default dict)) (index . 2) -}}
{{- include "client.podMetadata" (list $root $labels $annotations) -}}
{{- end }}

{{/*
Labels and annotations that keep sidecars out of a pod: Istio and Kuma read the label, Linkerd and Consul the
annotation, and versions of Istio and Kuma before the label read the annotation.
Call: include "client.meshOptOut" $ | fromYaml
*/}}
{{- define "client.meshOptOut" -}}
labels:
  sidecar.istio.io/inject: "false"
  kuma.io/sidecar-injection: disabled
annotations:
  sidecar.istio.io/inject: "false"
  kuma.io/sidecar-injection: disabled
  linkerd.io/inject: disabled
  consul.hashicorp.com/connect-inject: "false"
{{- end }}

{{/*
The probes of jobs-manager and requests-proxy, which run the same server.
Call: include "client.webProbes" $
*/}}
{{- define "client.webProbes" -}}
livenessProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet:
    path: /readyz
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
{{- end }}
