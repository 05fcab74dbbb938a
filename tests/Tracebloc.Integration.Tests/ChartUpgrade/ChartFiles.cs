namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>The sources of a small chart: its values in a ConfigMap, and what image refresh would touch.</summary>
internal static class ChartFiles
{
    private const string Templates = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: "{{ .Release.Name }}"}
        data: {values: {{ toJson .Values | quote }} }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: "{{ .Release.Name }}"}
        spec:
          # Without replicas no node has to take part; with one, the rollout never ends.
          replicas: {{ .Values.replicas | default 0 }}
          {{- with .Values.strategy }}
          strategy: {type: {{ . }} }
          {{- end }}
          selector: {matchLabels: {app: "{{ .Release.Name }}"} }
          template:
            metadata: {labels: {app: "{{ .Release.Name }}"} }
            spec:
              containers:
                - name: api
                  image: "example.com/client:{{ .Chart.Version }}"
                  env: [{name: INGESTOR_IMAGE_DIGEST, value: ""}]
        """;

    /// <summary>Helm quotes a value that does not match.</summary>
    private const string Schema = """{"properties": {"clientPassword": {"pattern": "^[a-z]*$"} } }""";

    public static string Write(string folder, string values, string strategy)
    {
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.WriteAllText(
            Path.Combine(folder, "Chart.yaml"), "apiVersion: v2\nname: client\nversion: 0.0.0\n");
        File.WriteAllText(Path.Combine(folder, "values.yaml"), $"strategy: {strategy}\n{values}\n");
        File.WriteAllText(Path.Combine(folder, "values.schema.json"), Schema);
        File.WriteAllText(Path.Combine(folder, "templates", "all.yaml"), Templates);
        return folder;
    }
}
