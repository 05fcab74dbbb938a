using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

/// <summary>
/// The verdict of .NET itself, as its TLS client asks for it. .NET reads the system's authorities once in a process, so
/// each verdict needs another one: this program again, which answers before any test is looked for.
/// </summary>
internal static class RuntimeOracle
{
    private const string Question = "TRUST_QUESTION";

    /// <summary>Runs this program as a child.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> AskAsync(
        string question, IReadOnlyDictionary<string, string> environment, string chainFile, CancellationToken token)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [chainFile]) { RedirectStandardOutput = true };
        start.Environment[Question] = question;
        start.Environment["HOME"] = $"{chainFile}.{question}"; // .NET keeps there what it downloads
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var child = Process.Start(start)!;
        var answer = await child.StandardOutput.ReadToEndAsync(token);
        await child.WaitForExitAsync(token);
        Assert.Equal(0, child.ExitCode);
        return answer.Trim();
    }

    [ModuleInitializer]
    internal static void Answer()
    {
        if (Environment.GetEnvironmentVariable(Question) is not { } question)
            return;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Environment.GetCommandLineArgs()[1]);
        Console.WriteLine(question switch
        {
            "runtime" => $"{Judge(chain)}",
            "program" => AsProgram(chain),
            _ => TlsClient.ShakeHands(question, chain),
        });
        Environment.Exit(0);
    }

    // As SslStream does.
    private static X509ChainStatusFlags Judge(X509Certificate2Collection certificates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var other in certificates.Skip(1))
            chain.ChainPolicy.ExtraStore.Add(other);
        return chain.Build(certificates[0]) ? X509ChainStatusFlags.NoError : SystemChain.StatusOf(chain);
    }

    // Our verdict as a program reaches it, how many authorities .NET has read, and the environment of a child.
    private static string AsProgram(X509Certificate2Collection certificates)
    {
        RuntimeTrust.KeepFromLoading();
        var verdict = SystemChain.Judge(SystemAuthorities.OfProcess, certificates[0], [], downloads: true);
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        var start = new ProcessStartInfo("/usr/bin/env", ["sh", "-c", "echo $SSL_CERT_FILE $SSL_CERT_DIR"])
        {
            RedirectStandardOutput = true,
        };
        using var child = Process.Start(start)!;
        return $"{verdict} {store.Certificates.Count} {child.StandardOutput.ReadToEnd().Trim()} "
            + Environment.GetEnvironmentVariable("SSL_CERT_FILE");
    }
}
