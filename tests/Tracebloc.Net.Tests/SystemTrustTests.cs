using System.Security.Cryptography.X509Certificates;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Net.Tests;

/// <summary>Each verdict about a chain is the one that .NET itself reaches with the same authorities.</summary>
public sealed class SystemTrustTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trust");

    public static TheoryData<string> Names => [.. TrustCases.All.Keys];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_chain_is_judged_as_the_runtime_judges_it(string name)
    {
        var one = TrustCases.All[name];

        var environment = one.Write(_folder.FullName);
        var runtime = await RuntimeOracle.AskAsync("runtime", environment, Write([.. one.Chain]), Cancelled);
        var system = new SystemAuthorities(environment.GetValueOrDefault);
        var ours = SystemChain.Judge(system, one.Chain[0], [.. one.Chain.Skip(1)], downloads: false);

        Assert.Equal(runtime, $"{ours}");
        Assert.True(one.Expected == (ours == X509ChainStatusFlags.NoError), $"{ours}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_intermediate_is_fetched_from_the_address_in_the_certificate(bool isTrusted)
    {
        var (root, other) = (TestIssuer.Root("Root"), TestIssuer.Root("Other"));
        var inner = root.Inner("Inner");
        await using var server = RawServer.Start(async (connection, _) =>
        {
            await connection.ReadRequestAsync();
            var der = inner.Certificate.RawData;
            await connection.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Length: {der.Length}\r\nConnection: close\r\n\r\n");
            await connection.Stream.WriteAsync(der, connection.Stopping);
        });
        var leaf = inner.Leaf(details => details with
        {
            Extension = new X509AuthorityInformationAccessExtension(null, [$"http://{server.Host}/inner.crt"]),
        });

        var environment = new TrustCase(isTrusted, (isTrusted ? root : other).Pem, leaf).Write(_folder.FullName);

        var runtime = await RuntimeOracle.AskAsync("runtime", environment, Write(leaf), Cancelled);
        var ours = await RuntimeOracle.AskAsync("program", environment, Write(leaf), Cancelled);

        Assert.Equal(runtime, ours.Split(" 0 /")[0]);
        Assert.Equal(isTrusted, runtime == "NoError");
        Assert.Equal(2, server.Connections); // one for each verdict
    }

    [Fact]
    public async Task A_program_trusts_what_the_system_does_although_the_runtime_reads_nothing()
    {
        var root = TestIssuer.Root("Root");
        using var leaf = root.Leaf();
        var environment = new TrustCase(true, root.Pem, leaf).Write(_folder.FullName);

        var answer = await RuntimeOracle.AskAsync("program", environment, Write(leaf), Cancelled);

        var (file, folders) = (environment["SSL_CERT_FILE"], environment["SSL_CERT_DIR"]);
        Assert.Equal($"NoError 0 {file} {folders} {file}", answer);
    }

    [Fact]
    public void A_file_that_changes_is_read_again()
    {
        var root = TestIssuer.Root("Root");
        using var leaf = root.Leaf();
        var environment = new TrustCase(true, root.Pem, leaf).Write(_folder.FullName);
        var system = new SystemAuthorities(environment.GetValueOrDefault);
        Assert.Equal(X509ChainStatusFlags.NoError, SystemChain.Judge(system, leaf, [], downloads: false));

        File.WriteAllText(environment["SSL_CERT_FILE"], TestIssuer.Root("Another").Pem);
        Assert.NotEqual(X509ChainStatusFlags.NoError, SystemChain.Judge(system, leaf, [], downloads: false));

        File.Delete(environment["SSL_CERT_FILE"]);
        File.WriteAllText(Path.Combine(_folder.FullName, "b", "root.pem"), root.Pem);
        Assert.Equal(X509ChainStatusFlags.NoError, SystemChain.Judge(system, leaf, [], downloads: false));
    }

    [Fact]
    public void Without_the_variables_the_default_places_of_OpenSSL_are_read()
    {
        var system = new SystemAuthorities(_ => null);

        // The authorities of this machine, all of which are roots.
        var (file, folder) = (OpenSslFolder.File, OpenSslFolder.Folders);
        Assert.Equal(File.Exists(file) || Directory.Exists(folder), system.Read().Any(list => list.Count > 0));
        Assert.StartsWith(Path.GetDirectoryName(file)!, folder, StringComparison.Ordinal);
    }

    private string Write(params X509Certificate2[] chain)
    {
        var file = Path.Combine(_folder.FullName, "chain.pem");
        File.WriteAllText(file, string.Concat(chain.Select(one => one.ExportCertificatePem() + "\n")));
        return file;
    }
}
