{{/*
The options of the PrometheusRule; empty where it is off.
Call: include "client.prometheusRule" $ | fromYaml
*/}}
{{- define "client.prometheusRule" -}}
{{- $notices := (.Values.imageRefresh).notices | default dict -}}
{{- $rule := ($notices.metrics).prometheusRule | default dict -}}
{{- if and $rule.enabled (include "client.polledImages" .) }}{{ toYaml $rule }}{{ end -}}
{{- end }}

{{/*
The options of the dashboard; empty where it is off.
Call: include "client.dashboard" $ | fromYaml
*/}}
{{- define "client.dashboard" -}}
{{- $notices := (.Values.imageRefresh).notices | default dict -}}
{{- $dashboard := ($notices.metrics).dashboard | default dict -}}
{{- if and $dashboard.enabled (include "client.polledImages" .) }}{{ toYaml $dashboard }}{{ end -}}
{{- end }}

{{/*
metadata with the values' labels beside the chart's own: Prometheus and Grafana select objects by them.
Call: include "client.monitoringMetadata" (list $ "name" $labels)
*/}}
{{- define "client.monitoringMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.monitoringMetadata takes (list $ name labels)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $labels := include "client.labels" (list $root "image-refresh") | fromYaml -}}
name: {{ index . 1 | quote }}
namespace: {{ $root.Release.Namespace | quote }}
labels:
  {{- toYaml (mergeOverwrite (deepCopy (index . 2 | default dict)) $labels) | nindent 2 }}
{{- end }}

{{/*
A metric of image refresh over a range. A tick is pushed once and Prometheus forgets a series after five minutes, so
every expression looks back.
Call: include "client.metric" (list "tick_exit_code" $matchers "3600s")
*/}}
{{- define "client.metric" -}}
{{- if ne (len .) 3 }}{{ fail "client.metric takes (list name matchers range)" }}{{ end -}}
tracebloc_image_refresh_{{ index . 0 }}{{ with index . 1 }}{{ printf "{%s}" . }}{{ end }}[{{ index . 2 }}]
{{- end }}
