using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Mp4;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Api.Tests.Sandbox.Media;

/// <summary>Footage for tests: two minutes before an hour ends in Japan, somebody walking through in the first ten seconds.</summary>
internal static class Films
{
    public static readonly long Start = new DateTimeOffset(2026, 11, 21, 8, 58, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Scene Scene(string deviceId = "7CDDDEADBEEF") =>
        new(deviceId, TimeSpan.FromHours(9), time => time < Start + 10_000 ? new MotionPeriod(Start, Start + 10_000) : null);

    public static Footage Footage(int milliseconds, string deviceId = "7CDDDEADBEEF") => new(Scene(deviceId), Start, Start + milliseconds);

    public static Picture Picture(int milliseconds, string deviceId = "7CDDDEADBEEF")
    {
        var picture = new Picture();
        Scene(deviceId).Draw(picture, Start + milliseconds);
        return picture;
    }

    public static async Task<ReadOnlyMemory<byte>> Mp4Async(Footage footage, SilentSound? sound = null)
    {
        using var bytes = new MemoryStream();
        await Mp4File.Plan(footage, sound, TestContext.Current.CancellationToken).WriteAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
