namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// Users of a kubeconfig as YAML, and the token that kubectl reads of each: held against kubectl itself in the
/// integration tests.
/// </summary>
public static class KubeConfigYaml
{
    private const string Refused = "refused";

    /// <summary>The user and its token: <c>refused</c> where kubectl refuses the file, empty for none.</summary>
    public static TheoryData<string, string> Users => new()
    {
        { "{<<: *t}", "merged" },
        { "{<<: *t, token: own}", "own" },
        { "{token: own, <<: *t}", "merged" }, // go-yaml v2 merges where it finds the key
        { "{<<: [*t, *s]}", "merged" },
        { "{<<: [*s, *t]}", "second" },
        { "{<<: [{token: inline}, *t]}", "inline" },
        { "{<<: {<<: *s}}", "second" },
        { "{\"<<\": *t}", "" },
        { "{<<: text}", Refused },
        { "{<<: [text]}", Refused },
        { "{token: 123}", Refused },
        { "{token: -1}", Refused },
        { "{token: 1_0}", Refused },
        { "{token: 08}", Refused },
        { "{token: 0o17}", Refused },
        { "{token: 0x1F}", Refused },
        { "{token: 0b11}", Refused },
        { "{token: .5}", Refused },
        { "{token: 1.5e3}", Refused },
        { "{token: 1e400}", "1e400" },
        { "{token: .inf}", Refused },
        { "{token: 99999999999999999999999}", Refused },
        { "{token: yes}", Refused },
        { "{token: y}", Refused },
        { "{token: Off}", Refused },
        { "{token: yEs}", "yEs" },
        { "{token: 2001-01-02}", "2001-01-02" },
        { "{token: 1:30}", "1:30" },
        { "{token: _1}", "_1" },
        { "{token: +}", "+" },
        { "{token: 0x}", "0x" },
        { "{token: '123'}", "123" },
        { "{token: \"yes\"}", "yes" },
        { "{token: !!str 123}", "123" },
        { "{token: !other 123}", "123" },
        { "{token: Null}", "" },
        { "{token: ~}", "" },
        { "{token: '~'}", "~" },
        { "{Token: other}", "" },
        { "{? token : explicit}", "explicit" },
    };

    /// <summary>A kubeconfig with such a user.</summary>
    public static string File(string user) => $$"""
        x-first: &t {token: merged}
        x-second: &s {token: second}
        current-context: c
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"} }]
        contexts: [{name: c, context: {cluster: c, user: u} }]
        users:
        - name: u
          user: {{user}}

        """;
}
