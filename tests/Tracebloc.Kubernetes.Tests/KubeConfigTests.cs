using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Kubernetes.Tests;

public sealed class KubeConfigTests : IDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_current_context_names_cluster_user_and_namespace()
    {
        var configuration = Read(Text());

        Assert.Equal("https://10.0.0.1:6443/k8s/clusters/c-1", configuration.Server.AbsoluteUri);
        Assert.Equal(("tracebloc", true), (configuration.Namespace, configuration.NamesNamespace));
        Assert.Equal("first", configuration.Context);
        Assert.Equal("t0ken", configuration.Token);
        Assert.Null(configuration.CertificateAuthorities);
        Assert.Null(configuration.Proxy);
    }

    [Fact]
    public void Another_context_can_be_asked_for()
    {
        var configuration = Read(Text(), "second");

        Assert.Equal("https://10.0.0.2/", configuration.Server.AbsoluteUri);
        Assert.Equal(("default", false), (configuration.Namespace, configuration.NamesNamespace));
        Assert.Equal("second", configuration.Context);
        Assert.Null(configuration.Token);
    }

    [Fact]
    public void An_empty_context_is_none() => Assert.Equal("tracebloc", Read(Text(), "").Namespace);

    [Theory]
    [InlineData("''")]
    [InlineData("\"\"")]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("Null")]
    [InlineData("NULL")]
    public void What_is_empty_is_as_good_as_absent(string empty)
    {
        string[] cluster = ["certificate-authority", "certificate-authority-data", "proxy-url", "tls-server-name"];
        string[] user =
        [
            "token", "tokenFile", "username", "password", "client-certificate", "client-certificate-data", "client-key",
            "client-key-data", "as", "as-uid", "as-groups", "as-user-extra", "exec", "auth-provider",
        ];
        var configuration = Read(
            Text(string.Concat(cluster.Select(field => $", {field}: {empty}")),
                string.Join(", ", user.Select(field => $"{field}: {empty}")))
                .Replace("namespace: tracebloc", $"namespace: {empty}", StringComparison.Ordinal));

        Assert.Equal(
            new KubernetesClientConfiguration { Server = configuration.Server, Context = configuration.Context },
            configuration);
        Assert.Null(Read(Text().Replace("user: me", $"user: {empty}", StringComparison.Ordinal)).Token);
    }

    [Fact]
    public void An_alias_stands_for_its_anchor() => Assert.Equal("tracebloc", Read(Text()
        .Replace("namespace: tracebloc", "namespace: *name", StringComparison.Ordinal)
        .Replace("apiVersion: v1", "kind: &name tracebloc", StringComparison.Ordinal)).Namespace);

    [Fact]
    public void JSON_is_read_as_well() => Assert.Equal("https://10.0.0.1/", Read("""
        {"apiVersion": "v1", "kind": "Config", "current-context": "a",
         "clusters": [{"name": "a", "cluster": {"server": "https://10.0.0.1"}}],
         "contexts": [{"name": "a", "context": {"cluster": "a"}}]}
        """).Server.AbsoluteUri);

    [Fact]
    public void An_authority_comes_from_data_or_from_a_file_beside_the_kubeconfig()
    {
        _folder.Write("pki/ca.crt", _certificates.AuthorityPem);
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(_certificates.AuthorityPem));
        var file = Read(Text(cluster: ", certificate-authority: pki/ca.crt"));

        Assert.Equal(_certificates.Authority, Assert.Single(file.CertificateAuthorities!));
        Assert.Equal(Path.Combine(_folder.Path, "pki", "ca.crt"), file.CertificateAuthoritySource);
        Assert.Equal(_certificates.Authority, Assert.Single(
            Read(Text(cluster: $", certificate-authority-data: {data}")).CertificateAuthorities!));
    }

    [Fact]
    public void A_client_certificate_comes_with_its_key()
    {
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient("admin"));
        _folder.Write("admin.crt", certificate);
        _folder.Write("admin.key", key);
        var configuration = Read(Text(user: "client-certificate: admin.crt, client-key: admin.key"));

        Assert.Equal("CN=admin", configuration.ClientCertificate!.TargetCertificate.Subject);
        Assert.True(configuration.ClientCertificate.TargetCertificate.HasPrivateKey);
    }

    [Fact]
    public void A_user_may_have_a_token_file() =>
        Assert.Equal(_folder.Write("token", "x"), Read(Text(user: "tokenFile: token")).TokenFile);

    // clientcmd opens the file that it is given; filepath.Join removes .. from the relative paths in it, and an
    // absolute one is opened as it is written.
    [Theory]
    [InlineData("short/../config", "token", "token")]
    [InlineData("short/config", "../token", "token")]
    [InlineData("real/config", "{folder}/short/../token", "real/token")]
    public void The_parent_of_a_linked_folder_is_that_which_kubectl_takes(string file, string token, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "real", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "short"), "real/deep");
        foreach (var name in (string[])["token", "real/token"])
            _folder.Write(name, "x");
        foreach (var name in (string[])["real/config", "real/deep/config"])
            _folder.Write(name, Text(user: $"tokenFile: {token.Replace("{folder}", _folder.Path)}"));

        var read = KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([Path.Combine(_folder.Path, file)]) { MustExist = true });

        Assert.Equal(Path.Combine(_folder.Path, expected), read.TokenFile);
    }

    // client-go's exec plugin leaves a request alone that has a token, a token file or a client certificate.
    [Theory]
    [InlineData("token: t0ken")]
    [InlineData("tokenFile: token")]
    [InlineData("client-certificate: admin.crt, client-key: admin.key")]
    public void A_credential_beside_exec_is_used_and_the_plugin_is_not(string credential)
    {
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient("admin"));
        _folder.Write("admin.crt", certificate);
        _folder.Write("admin.key", key);
        _folder.Write("token", "x");
        var configuration = Read(Text(user: credential
            + ", exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always}"));

        Assert.Null(configuration.Exec);
        Assert.True(configuration.HasCredentials);
    }

    [Fact]
    public void A_cluster_may_ask_for_a_proxy_another_name_or_no_verification()
    {
        var configuration = Read(Text(
            cluster: ", proxy-url: \"socks5://proxy:1080\", tls-server-name: api, insecure-skip-tls-verify: true"));

        Assert.Equal("socks5://proxy:1080/", configuration.Proxy!.AbsoluteUri);
        Assert.Equal("api", configuration.TlsServerName);
        Assert.True(configuration.SkipTlsVerify);
    }

    [Fact]
    public void Of_several_files_the_first_to_say_something_wins()
    {
        var first = _folder.Write("first", """
            contexts: [{name: a, context: {cluster: two, namespace: from-first}}]
            """);
        var second = _folder.Write("second", """
            current-context: a
            contexts: [{name: a, context: {cluster: one, namespace: from-second}}]
            clusters: [{name: one, cluster: {server: "https://one"}}, {name: two, cluster: {server: "https://two"}}]
            """);
        var configuration = KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([Path.Combine(_folder.Path, "missing"), first, second]));

        Assert.Equal("https://two/", configuration.Server.AbsoluteUri);
        Assert.Equal("from-first", configuration.Namespace);
    }

    [Fact]
    public void Of_two_files_with_a_current_context_the_first_wins()
    {
        var first = _folder.Write("first", Text().Replace("current-context: first", "current-context: second"));
        var second = _folder.Write("second", Text());

        Assert.Equal("https://10.0.0.2/", KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([first, second])).Server.AbsoluteUri);
        Assert.Equal("https://10.0.0.1:6443/k8s/clusters/c-1", KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([second, first])).Server.AbsoluteUri);
    }

    [Fact]
    public void An_empty_current_context_leaves_the_choice_to_the_next_file()
    {
        var first = _folder.Write("first", Text().Replace("current-context: first", "current-context: ''"));

        Assert.Equal("https://10.0.0.1:6443/k8s/clusters/c-1", KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([first, _folder.Write("second", Text())])).Server.AbsoluteUri);
    }

    [Fact]
    public void Files_are_looked_for_as_kubectl_does()
    {
        Assert.Equal(["/given"], KubeConfigSource.Find("/given", _ => "/set").Files);
        Assert.True(KubeConfigSource.Find("/given", _ => null).MustExist);
        Assert.Equal(["/a", "/b"],
            KubeConfigSource.Find(null, name => name == "KUBECONFIG" ? "/a::/b:/a" : null).Files);
        Assert.Equal(["/home/me/.kube/config"],
            KubeConfigSource.Find("", name => name == "HOME" ? "/home/me" : null).Files);
        Assert.Empty(KubeConfigSource.Find(null, _ => null).Files);
    }

    [Fact]
    public void Nothing_secret_is_printed()
    {
        var configuration = Read(Text(user: "token: s3cret"));

        Assert.DoesNotContain("s3cret", configuration.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, int?, string?, string> Faults => new()
    {
        { Text().Replace("current-context: first", ""), null, "current-context",
            "names no context, and --context is not given; contexts has: first, second" },
        { Text().Replace("current-context: first", "current-context: typo"), null, null,
            "there is no context 'typo'; contexts has: first, second" },
        { Text().Replace("cluster: one", "cluster: typo"), 9, "contexts[0].context.cluster",
            "there is no cluster 'typo'; clusters has: one, two" },
        { Text().Replace("user: me", "user: typo"), 9, "contexts[0].context.user",
            "there is no user 'typo'; users has: me" },
        { Text().Replace("https://10.0.0.1:6443/k8s/clusters/c-1", "10.0.0.1:6443"), 4, "clusters[0].cluster.server",
            "is no address such as https://10.0.0.1:6443" },
        { Text().Replace("server:", "sever:"), 4, "clusters[0].cluster", "'server' is missing" },
        { Text().Replace("\"https://10.0.0.1:6443/k8s/clusters/c-1\"", "''"), 4, "clusters[0].cluster",
            "'server' is missing" },
        { Text().Replace("cluster: one", "cluster: ''"), 9, "contexts[0].context", "'cluster' is missing" },
        { Text().Replace("namespace: tracebloc", "namespace: a/b c"), 9, "contexts[0].context.namespace",
            "'a/b c' is no name of a namespace: lower-case letters, digits, dashes inside, 63 at most" },
        { Text(cluster: ", insecure-skip-tls-verify: \"true\""), 4, "clusters[0].cluster.insecure-skip-tls-verify",
            "true or false is wanted here, without quotes" },
        { Text(cluster: ", certificate-authority-data: '!'"), 4, "clusters[0].cluster.certificate-authority-data",
            "is not base64; without '-data' the field takes a path" },
        { Text(cluster: ", certificate-authority-data: aGVsbG8="), 4,
            "clusters[0].cluster.certificate-authority-data", "holds no bundle of PEM certificates" },
        { Text(cluster: ", certificate-authority: missing.crt"), 4, "clusters[0].cluster.certificate-authority",
            "missing.crt: does not exist; check the path" },
        { Text(cluster: ", proxy-url: 'user:pass@proxy'"), 4, "clusters[0].cluster.proxy-url",
            "is no address of a proxy" },
        { Text(cluster: ", tls-server-name: foo bar"), 4, "clusters[0].cluster.tls-server-name",
            "'foo bar' is no host name such as kubernetes.default.svc" },
        { Text(cluster: ", tls-server-name: 'fd00::1'"), 4, "clusters[0].cluster.tls-server-name", "is no host name" },
        { Text(cluster: ", tls-server-name: bücher"), 4, "clusters[0].cluster.tls-server-name", "is no host name" },
        { Text(cluster: ", certificate-authority: \"a\\0b\""), 4, "clusters[0].cluster.certificate-authority",
            "cannot be read: there is a null character in the path" },
        { Text(user: "tokenFile: \"a\\0b\""), 13, "users[0].user.tokenFile",
            "cannot be read: there is a null character in the path" },
        { Text(user: "client-key: k"), 13, "users[0].user", "has a client-key but no client-certificate" },
        { Text(user: "client-certificate: c"), 13, "users[0].user", "has a client-certificate but no client-key" },
        { Text(cluster: ", certificate-authority: a, certificate-authority-data: YQ=="), 4,
            "clusters[0].cluster.certificate-authority", "excludes certificate-authority-data: keep one of the two" },
        { Text(user: "client-certificate: a, client-certificate-data: YQ==, client-key: k"), 13,
            "users[0].user.client-certificate", "excludes client-certificate-data: keep one of the two" },
        { Text(user: "client-certificate: a, client-key: k, client-key-data: YQ=="), 13,
            "users[0].user.client-key", "excludes client-key-data: keep one of the two" },
        { Text(user: "client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8="), 13,
            "users[0].user.client-certificate-data",
                "and users[0].user.client-key-data are no PEM certificate and its key" },
        { Text(user: "tokenFile: missing"), 13, "users[0].user.tokenFile", "there is no file" },
        { Text(user: "token: 'two words'"), 13, "users[0].user.token", "is no token: there is white space in it" },
        { Text(user: "token: \"pass\\0\""), 13, "users[0].user.token",
            "is no token: there is white space in it, or what is no printable ASCII" },
        { Text(user: "token: passé"), 13, "users[0].user.token", "is no token" },
        { Text(user: "token: [1]"), 13, "users[0].user.token", "a text is wanted here" },
        { Text(user: "auth-provider: {name: gcp}"), 13, "users[0].user.auth-provider", "use an exec plugin" },
        { Text(user: "username: me, password: pass"), 13, "users[0].user.username",
            "is not supported, Kubernetes removed it in 1.19: use a token, a client certificate or an exec plugin" },
        { Text(user: "token: t, as: boss"), 13, "users[0].user.as", "use a user that has the rights itself" },
        { Text(user: "token: t, as-uid: '1'"), 13, "users[0].user.as-uid", "is not supported" },
        { Text(user: "token: t, as-groups: [a]"), 13, "users[0].user.as-groups", "is not supported" },
        { Text(user: "token: t, as-user-extra: {a: [b]}"), 13, "users[0].user.as-user-extra", "is not supported" },
        { Text(user: "exec: {command: x}"), 13, "users[0].user.exec", "'apiVersion' is missing" },
        { Text(user: "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ''}"), 13,
            "users[0].user.exec", "'command' is missing" },
        { Text(user: "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}"), 13,
            "users[0].user.exec.apiVersion", "use client.authentication.k8s.io/v1" },
        { Text(user: "exec: {apiVersion: client.authentication.k8s.io/v1, command: x}"), 13, "users[0].user.exec",
            "'interactiveMode' is missing" },
        { Text(user: "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always}"), 13,
            "users[0].user.exec.interactiveMode", "needs a terminal" },
        { "clusters: [", 2, null, "is not YAML" },
        { "a: b\nc: \"\\UFFFFFFFF\"", 2, null, "is not YAML: an escape or a tag" },
        { "%TAG ! \n---\na: b", 1, null, "is not YAML" },
        { "a: {\n  b: c\nd\n e", 2, null, "a bracket or brace is left open" },
        { "a: *pass", 1, null, "an alias (*name) without an anchor (&name) before it; quote text that begins with *" },
        { "a:\n" + new string('[', 200_000), 2, null, "nested deeper than 64 levels" },
        { "a:\n  b: &b [*b]", 2, null, "an alias (*name) without an anchor (&name) before it" },
        { "a:\n? &b [*b]", 2, null, "a key must be text, as in key: value" },
        { "- a", 1, null, "must be a mapping (key: value), but is a list" },
        { "", null, null, "there is no kubeconfig (or nothing in it): give --kubeconfig or set KUBECONFIG" },
        { "current-context: a\nclusters: x\ncontexts: {a: b}\n", 3, "contexts", "a list is wanted here" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_one_line_with_the_place_and_the_remedy(string text, int? line, string? field, string message)
    {
        var path = _folder.Write("config", text);
        var error = Assert.Throws<KubernetesConfigurationException>(() => Read(text));

        Assert.Equal(path, error.Path);
        Assert.Equal(line, error.Line);
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(line is null ? path : $"{path}:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("pass", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_without_a_name_is_refused_too() => Assert.Equal("users[0].user.password",
        Assert.Throws<KubernetesConfigurationException>(() => Read(Text(user: "token: t, password: p"))).Field);

    [Fact]
    public void A_file_that_was_asked_for_must_be_there()
    {
        var error = Assert.Throws<KubernetesConfigurationException>(() =>
            KubernetesClientConfiguration.FromKubeConfig(KubeConfigSource.Find("/no/such/file", _ => null)));

        Assert.Contains("/no/such/file: does not exist; check the path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_at_all_is_an_error_with_a_remedy()
    {
        var error = Assert.Throws<KubernetesConfigurationException>(() =>
            KubernetesClientConfiguration.FromKubeConfig(KubeConfigSource.Find(null, _ => null)));

        Assert.Equal("kubeconfig: there is no kubeconfig (or nothing in it): give --kubeconfig or set KUBECONFIG",
            error.Message);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private static string Text(string cluster = "", string user = "token: t0ken") => $$"""
        apiVersion: v1
        clusters:
        - name: one
          cluster: { server: "https://10.0.0.1:6443/k8s/clusters/c-1"{{cluster}} }
        - name: two
          cluster: { server: "https://10.0.0.2" }
        contexts:
        - name: first
          context: { cluster: one, user: me, namespace: tracebloc }
        - name: second
          context: { cluster: two }
        users:
        - { name: me, user: { {{user}} } }
        current-context: first

        """;

    private KubernetesClientConfiguration Read(string text, string? context = null) =>
        KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([_folder.Write("config", text)]) { MustExist = true, Context = context });
}
