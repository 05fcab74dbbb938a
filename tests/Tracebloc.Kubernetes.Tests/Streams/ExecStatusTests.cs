using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Kubernetes.Tests;

public sealed class ExecStatusTests
{
    [Theory]
    [InlineData("""{"metadata":{},"status":"Success"}""", ExecOutcome.Exited, 0, "")]
    [InlineData(
        """
        {"status":"Failure","message":"command terminated with non-zero exit code","reason":"NonZeroExitCode",
         "details":{"causes":[{"reason":"ExitCode","message":"126"}]}}
        """, ExecOutcome.Exited, 126, "command terminated with non-zero exit code")]
    [InlineData(
        """{"status":"Failure","message":"no such\nfile","reason":"InternalError","code":500}""",
        ExecOutcome.Failed, null, "no such file")]
    [InlineData(
        """
        {"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"?"}]} }
        """,
        ExecOutcome.Failed, null, "NonZeroExitCode")]
    [InlineData("""{"status":"Failure"}""", ExecOutcome.Failed, null, "no reason given")]
    [InlineData("{}", ExecOutcome.Failed, null, "no reason given")]
    [InlineData("oh", ExecOutcome.Failed, null, "the result of the command cannot be read")]
    [InlineData("null", ExecOutcome.Failed, null, "the result of the command cannot be read")]
    public void The_result_is_an_exit_code_or_a_failure(string json, ExecOutcome outcome, int? code, string message)
    {
        var status = ExecStatus.Of(Encoding.UTF8.GetBytes(json));

        Assert.Equal(new ExecStatus(outcome, code, message), status);
        Assert.Equal(code == 0, status.IsSuccess);
    }

    [Fact]
    public void Nothing_but_a_Success_is_one() => Check.QuickThrowOnFailure(
        Prop.ForAll((byte[] json) => !ExecStatus.Of(json).IsSuccess));

    [Fact]
    public void The_end_of_a_long_text_is_kept() => Check.QuickThrowOnFailure(
        Prop.ForAll((NonEmptyString[] parts, PositiveInt limit) =>
        {
            var tail = new TailText(limit.Get);
            var all = string.Concat(parts.Select(part => Ascii(part.Get)));
            foreach (var part in parts) tail.Append(Encoding.ASCII.GetBytes(Ascii(part.Get)));

            return tail.ToString() == all[Math.Max(0, all.Length - limit.Get)..];
        }));

    [Fact]
    public void Half_a_character_is_left_out()
    {
        var tail = new TailText(4);
        tail.Append("aé€"u8);

        Assert.Equal("€", tail.ToString());
    }

    private static string Ascii(string text) => string.Concat(text.Select(letter => (char)(letter % 128)));
}
