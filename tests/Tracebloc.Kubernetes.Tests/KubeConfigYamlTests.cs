using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class KubeConfigYamlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Users => KubeConfigYaml.Users;

    [Theory]
    [MemberData(nameof(Users))]
    public void A_user_is_read_as_kubectl_reads_it_or_refused_with_the_line(string user, string token)
    {
        if (token != "refused")
        {
            Assert.Equal(token, Read(KubeConfigYaml.File(user)).Token ?? "");
            return;
        }

        var error = Assert.Throws<KubernetesConfigurationException>(() => Read(KubeConfigYaml.File(user)));
        Assert.Equal(8, error.Line);
        Assert.DoesNotContain("123", error.Message, StringComparison.Ordinal);
    }

    // kubectl takes the last of two; no one means both, so a refusal says more.
    [Theory]
    [InlineData("{token: a, token: b}")]
    [InlineData("{token: a, \"token\": b}")]
    [InlineData("{token: a, !!str token: b}")]
    public void A_key_that_is_there_twice_is_refused_with_the_line(string user) =>
        Assert.Equal(8, Assert.Throws<KubernetesConfigurationException>(() => Read(KubeConfigYaml.File(user))).Line);

    [Theory]
    [InlineData("!!binary aGk=")]
    [InlineData("!!int '1'")]
    public void A_tag_that_makes_something_else_of_a_text_is_refused_with_the_line(string token) =>
        Assert.Equal(8, Assert.Throws<KubernetesConfigurationException>(() =>
            Read(KubeConfigYaml.File($"{{token: {token}}}"))).Line);

    [Theory]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("y", true)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    [InlineData("~", false)]
    public void True_and_false_are_those_of_YAML_1_1(string text, bool value) =>
        Assert.Equal(value, Read(WithFlag(text)).SkipTlsVerify);

    [Theory]
    [InlineData("'true'")]
    [InlineData("\"yes\"")]
    [InlineData("1")]
    [InlineData("tRUE")]
    public void What_is_neither_is_refused(string text) =>
        Assert.Equal(4, Assert.Throws<KubernetesConfigurationException>(() => Read(WithFlag(text))).Line);

    [Fact]
    public void Entries_and_sections_can_be_merged_too()
    {
        var configuration = Read("""
            x-entry: &entry {name: u, user: {token: t0ken}}
            x-top: &top {current-context: c}
            <<: *top
            clusters: [{name: c, cluster: {<<: {server: "https://10.0.0.1"}}}]
            contexts: [{name: c, context: {<<: [{cluster: c}, {user: u, namespace: data}]}}]
            users: [<<: *entry]
            """);

        Assert.Equal(("t0ken", "data"), (configuration.Token, configuration.Namespace));
    }

    [Fact]
    public void A_name_that_is_there_twice_in_one_file_is_refused_with_the_line()
    {
        var error = Assert.Throws<KubernetesConfigurationException>(() => Read(
            KubeConfigYaml.File("{token: a}") + "- {name: u, user: {token: b}}\n"));

        Assert.Equal(9, error.Line);
        Assert.Contains("is a second 'u' in this file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_keys_that_double_at_every_level_are_read_once()
    {
        var lines = Enumerable.Range(1, 40).Select(i => $"x{i}: &x{i} {{<<: [*x{i - 1}, *x{i - 1}]}}");

        Assert.Equal("deep", Read(
            $"x0: &x0 {{token: deep}}\n{string.Join('\n', lines)}\n{KubeConfigYaml.File("*x40")}").Token);
    }

    [Fact]
    public void A_plugins_settings_keep_their_types()
    {
        var exec = Read(KubeConfigYaml.File(
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Never, "
            + "provideClusterInfo: True}}").Replace("server: ", "extensions: [{name: "
            + "client.authentication.k8s.io/exec, extension: {<<: {a: yes}, b: 1.5, c: -2, d: 'no', e: Null, "
            + "f: 2001-01-02}}], server: ")).Exec!;

        Assert.Equal("""{"a":true,"b":1.5,"c":-2,"d":"no","e":null,"f":"2001-01-02"}""",
            JsonNode.Parse(exec.ExecInfo!)!["spec"]!["cluster"]!["config"]!.ToJsonString());
    }

    public void Dispose() => _folder.Dispose();

    private static string WithFlag(string text) => KubeConfigYaml.File("{token: t}")
        .Replace("server: ", $"insecure-skip-tls-verify: {text}, server: ", StringComparison.Ordinal);

    private KubernetesClientConfiguration Read(string text) => KubernetesClientConfiguration.FromKubeConfig(
        new KubeConfigSource([_folder.Write("config", text)]) { MustExist = true });
}
