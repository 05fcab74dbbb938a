using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Connections to ports of pods, which lead to ports of this machine.</summary>
/// <seealso href="https://github.com/kubernetes/kubelet/blob/v0.34.0/pkg/cri/streaming/portforward/websocket.go"/>
internal sealed class FakeForwards
{
    private const byte Data = 0, Errors = 1;

    private const string Protocol = "v4.channel.k8s.io";

    private readonly ConcurrentDictionary<(string Pod, int Port), int> _targets = new();

    internal static string? Negotiate(IEnumerable<string> wanted) => wanted.FirstOrDefault(one => one == Protocol);

    internal void Add(string pod, int port, int target) => _targets[(pod, port)] = target;

    internal async Task ServeAsync(FakeRequest request, FakeChannels channels, CancellationToken cancellationToken)
    {
        var port = int.Parse(request.Query("ports") ?? "0", CultureInfo.InvariantCulture);
        var prefix = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(prefix, (ushort)port);
        await channels.SendAsync(Data, prefix, cancellationToken);
        await channels.SendAsync(Errors, prefix, cancellationToken);
        try
        {
            using var target = new TcpClient();
            await target.ConnectAsync(
                IPAddress.Loopback, _targets.GetValueOrDefault((request.Name, port), 1), cancellationToken);
            await CopyAsync(target.GetStream(), channels, cancellationToken);
            return;
        }
        catch (SocketException e)
        {
            var text = $"error forwarding port {port} to pod {request.Name}, uid : failed to dial {port}: {e.Message}";
            await channels.SendAsync(Errors, Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        await channels.CloseAsync(cancellationToken);
    }

    /// <summary>Copies both ways until the pod has closed and the client has left.</summary>
    private static async Task CopyAsync(NetworkStream target, FakeChannels channels, CancellationToken stopping)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var receiving = ReceiveAsync();
        try
        {
            var buffer = new byte[32 * 1024];
            while (await target.ReadAsync(buffer, left.Token) is > 0 and var read)
                await channels.SendAsync(Data, buffer.AsMemory(0, read), left.Token);
            await channels.CloseAsync(left.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The client, or the pod, has left in the middle.
        }

        await receiving;

        async Task ReceiveAsync()
        {
            try
            {
                while (await channels.ReceiveAsync(stopping) is { } message)
                    if (message[0] == Data) await target.WriteAsync(message.AsMemory(1), stopping);
            }
            catch (IOException)
            {
                // The pod takes no more.
            }

            await left.CancelAsync();
        }
    }
}
