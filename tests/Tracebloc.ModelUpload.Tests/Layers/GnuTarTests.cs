using System.Diagnostics;

namespace Tracebloc.ModelUpload.Tests.Layers;

public sealed class GnuTarTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GNU_tar_lists_a_layer_with_its_modes_owners_and_times()
    {
        var longName = new string('ü', 127);
        var layer = SomeLayer.Of(("a b/.c", SomeLayer.Bytes(513)), (longName, SomeLayer.Bytes(2)));

        var listed = await ListAsync(layer.Open(0));

        Assert.Equal(
            [
                "-rw-rw-r-- 0/0 513 1970-01-01 00:00 models/a b/.c",
                $"-rw-rw-r-- 0/0 2 1970-01-01 00:00 models/{longName}",
            ],
            listed.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    private static async Task<string[]> ListAsync(Stream tar)
    {
        string[] arguments = ["--utc", "--quoting-style=literal", "--numeric-owner", "-tvf", "-"];
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("tar", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        process.StartInfo.Environment["LC_ALL"] = "C.UTF-8";
        Assert.True(process.Start());
        await using (var input = process.StandardInput.BaseStream)
            await tar.CopyToAsync(input, Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n').Split('\n');
    }
}
