{{/*
The rules that a schema cannot express: every problem at once.
Call: include "ingestor.validate" $
*/}}
{{- define "ingestor.validate" -}}
{{- $keys := omit .Values "ingestConfig" "global" "submit" -}}
{{- $problems := list -}}
{{- if and .Values.ingestConfig $keys -}}
{{- $problems = append $problems (printf
  "ingestConfig and the keys of ingest.yaml (%s) exclude each other; give the file by --set-file or by -f, not both"
  (keys $keys | sortAlpha | join ", ")) -}}
{{- else if not (or .Values.ingestConfig $keys) -}}
{{- $problems = append $problems
  "there is no data set; give its description by -f ingest.yaml, or by --set-file ingestConfig=ingest.yaml" -}}
{{- end -}}
{{- $problems = concat $problems
  (include "ingestor.roundedNumbers" (list "" $keys) | fromYamlArray)
  (include "ingestor.columnProblems" . | fromYamlArray) -}}
{{- /* Those that YAML keeps: U+0085 is a line end to it, with another one toYaml returns nothing, and bytes that are no
UTF-8 are U+FFFD. */ -}}
{{- if regexMatch "[^\\t\\n\\r -~\\x{A0}-\\x{D7FF}\\x{E000}-\\x{FFFC}\\x{10000}-\\x{10FFFF}]"
  (include "ingestor.document" .) -}}
{{- $problems = append $problems
  "the description of the data set has a control character, or is no UTF-8; remove it, and save the file as UTF-8" -}}
{{- end -}}
{{- if eq "latest" .Values.submit.image.tag -}}
{{- $problems = append $problems "submit.image.tag is latest, which does not identify an image; set another" -}}
{{- end -}}
{{- if $problems }}{{ fail (printf "these values cannot be installed:\n  - %s" (join "\n  - " $problems)) }}{{ end -}}
{{- end }}

{{/*
The numbers that helm has rounded, since it holds each as a double, as a YAML list of problems.
Call: include "ingestor.roundedNumbers" (list path value)
*/}}
{{- define "ingestor.roundedNumbers" -}}
{{- if ne (len .) 2 }}{{ fail "ingestor.roundedNumbers takes (list path value)" }}{{ end -}}
{{- $path := index . 0 -}}
{{- $value := index . 1 -}}
{{- if kindIs "map" $value -}}
{{- range $key, $inner := $value -}}
{{ include "ingestor.roundedNumbers" (list (empty $path | ternary $key (printf "%s.%s" $path $key)) $inner) }}
{{- end -}}
{{- else if kindIs "slice" $value -}}
{{- range $index, $inner := $value -}}
{{ include "ingestor.roundedNumbers" (list (printf "%s[%d]" $path $index) $inner) }}
{{- end -}}
{{- else if kindIs "float64" $value -}}
{{- if or (gt $value 9007199254740991.0) (lt $value -9007199254740991.0) }}
- {{ printf "%s is a number that helm rounds; put it in quotes, or give the file by --set-file ingestConfig" $path
  | quote }}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
The columns whose names helm has read as booleans, as a YAML list of problems.
Call: include "ingestor.columnProblems" $
*/}}
{{- define "ingestor.columnProblems" -}}
{{- $schema := .Values.schema | default dict -}}
{{- range $name, $words := dict "true" "y, yes, on and true" "false" "n, no, off and false" -}}
{{- if hasKey $schema $name }}
- {{ printf "schema has the column %s, which is how helm reads %s without quotes; put the name in quotes" $name $words
  | quote }}
{{- end -}}
{{- end -}}
{{- end }}
