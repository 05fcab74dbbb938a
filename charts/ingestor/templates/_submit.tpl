{{/*
The arguments of the hook, as a YAML list.
Call: include "ingestor.arguments" $
*/}}
{{- define "ingestor.arguments" -}}
{{- $submit := .Values.submit -}}
- submit
- /etc/ingest/ingest.yaml
- --to={{ include "ingestor.url" . }}
- --token-file=/var/run/secrets/tracebloc/token
- --namespace={{ .Release.Namespace }}
{{- if $submit.key }}
- --key={{ $submit.key }}
{{- else }}
- --config-map={{ include "ingestor.name" . }}
{{- end }}
{{- with $submit.imageDigest }}
- --image-digest={{ . }}
{{- end }}
{{- if gt (int $submit.parallelism) 1 }}
- --parallelism={{ int $submit.parallelism }}
{{- end }}
- --timeout={{ $submit.timeout }}
{{- if $submit.wait.enabled }}
- --wait
- --wait-timeout={{ $submit.wait.timeout }}
{{- end }}
{{- end }}

{{/*
The seconds of a duration such as 90s, 10m or 1h.
Call: include "ingestor.seconds" "20m"
*/}}
{{- define "ingestor.seconds" -}}
{{- $unit := index (dict "s" 1 "m" 60 "h" 3600) (regexFind "[smh]$" .) -}}
{{- mul (regexFind "^[0-9]+" .) $unit -}}
{{- end }}

{{/*
The deadline of the Job in seconds: the waits of its program, a minute to find a node and pull the image, and half of
one to end. The program has its timeout for the API server, for the submission, and for the last look at a run that it
waits for. By default the deadline is under helm's own timeout, so that helm reports the hook's reason.
Call: include "ingestor.deadline" $
*/}}
{{- define "ingestor.deadline" -}}
{{- $submit := .Values.submit -}}
{{- $timeout := include "ingestor.seconds" $submit.timeout -}}
{{- $wait := $submit.wait.enabled | ternary (add $timeout (include "ingestor.seconds" $submit.wait.timeout)) 0 -}}
{{- add $timeout (empty $submit.key | ternary $timeout 0) $wait 60 30 -}}
{{- end }}
