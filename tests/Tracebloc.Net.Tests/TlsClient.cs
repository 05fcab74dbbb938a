using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

/// <summary>The client's side of one handshake, in the child that <see cref="RuntimeOracle"/> starts.</summary>
internal static class TlsClient
{
    /// <summary>The variable with the server's port.</summary>
    public const string Port = "TRUST_PORT";

    /// <summary>.NET's own handshake, by the system's authorities.</summary>
    public const string ByRuntime = "handshake of the runtime";

    /// <summary>Ours, by the given authorities and the system's.</summary>
    public const string Ours = "our handshake";

    /// <summary>Ours in a program, where .NET reads no authorities.</summary>
    public const string InProgram = "our handshake in a program";

    // Without await: no other thread can run this program's code before its module is initialized.
    public static string ShakeHands(string question, X509Certificate2Collection authorities)
    {
        if (question == InProgram) RuntimeTrust.KeepFromLoading();
        var trust = question == ByRuntime ? null : ServerTrust.Of(authorities, SystemAuthorities.OfProcess);
        var options = trust?.Options ?? new SslClientAuthenticationOptions();
        options.TargetHost = "localhost";
        using var client = new TcpClient();
        client.Connect(
            IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(Port)!, CultureInfo.InvariantCulture));
        using var stream = new SslStream(client.GetStream());
        try
        {
            stream.AuthenticateAsClient(options);
            return "trusted";
        }
        catch (AuthenticationException)
        {
            return $"refused {trust?.TakeRefusal("localhost")}".TrimEnd();
        }
    }
}
