using System.Text;

namespace Tracebloc.Registry.Tests;

/// <summary>Reads docker configurations that have to be good, or bad.</summary>
internal static class DockerConfig
{
    public static CredentialStore Read(string json) =>
        CredentialStore.Read(Encoding.UTF8.GetBytes(json), out var fault)
        ?? throw new InvalidOperationException(fault);

    public static string FaultOf(ReadOnlyMemory<byte> json)
    {
        Assert.Null(CredentialStore.Read(json, out var fault));
        return fault ?? "";
    }
}
