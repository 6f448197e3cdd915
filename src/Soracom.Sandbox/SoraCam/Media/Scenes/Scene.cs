using System.Globalization;

namespace Soracom.Sandbox.SoraCam.Media.Scenes;

/// <summary>
/// What a camera sees at an instant, a pure function of both: a room in the camera's own hue with a door, a window that is
/// bright by day, a bouncing ball (so that footage visibly plays), the device id and the wall clock. During a motion
/// period a person walks through, from the left edge at its start to the right edge at its end.
/// </summary>
internal sealed class Scene
{
    private const int FloorTop = 190;
    private const int BallRadius = 12;
    private const int BallRise = 96;
    private const int ClockX = 16;
    private const int ClockY = 246;

    private readonly string deviceId;
    private readonly TimeSpan clockOffset;
    private readonly Func<long, MotionPeriod?> motionAt;
    private readonly int hue;
    private readonly int furniture;

    // Replaced as a whole, so that threads that draw at the same time see one or the other.
    private Background? background;

    /// <param name="deviceId">Decides hue and furniture, and is written into the picture.</param>
    /// <param name="clockOffset">From UTC to the clock in the picture.</param>
    /// <param name="motionAt">The motion period that holds an instant (Unix milliseconds), if any. Must answer the same every time.</param>
    public Scene(string deviceId, TimeSpan clockOffset, Func<long, MotionPeriod?> motionAt)
    {
        this.deviceId = deviceId;
        this.clockOffset = clockOffset;
        this.motionAt = motionAt;
        var hash = Hash(deviceId);
        hue = (int)(hash % 360);
        furniture = (int)(hash / 360 % 24) * 4;
    }

    public void Draw(Picture picture, long unixMilliseconds)
    {
        var clock = DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToOffset(clockOffset);
        var room = background;
        if (room is null || room.Hour != clock.Hour)
        {
            background = room = new(clock.Hour, DrawRoom(clock.Hour));
        }

        picture.CopyFrom(room.Picture);
        DrawBall(picture, unixMilliseconds);
        if (motionAt(unixMilliseconds) is { } motion)
        {
            DrawPerson(picture, unixMilliseconds, motion);
        }

        Span<char> text = stackalloc char[19];
        clock.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Glyphs.Draw(picture, ClockX, ClockY, text[..length], Colour.Grey(235));
    }

    private Picture DrawRoom(int hour)
    {
        var picture = new Picture();
        var light = hour is >= 6 and < 18 ? 100 : 60;

        // The wall brightens and the floor darkens from macroblock row to macroblock row.
        for (var y = 0; y < Picture.Height; y += 4)
        {
            var isWall = y < FloorTop;
            picture.Fill(0, y, Picture.Width, 4, Colour.Of((isWall ? 90 + (y / 6) : 150 - (y / 3)) * light / 100, hue, isWall ? 22 : 12));
        }

        var door = 40 + furniture;
        picture.Fill(door, 88, 64, FloorTop - 88 + 2, Colour.Of(62 * light / 100, hue + 40, 26));
        picture.Fill(door + 52, 136, 6, 6, Colour.Of(170, 200, 30));

        var window = 300 + furniture;
        var sky = hour is >= 6 and < 18 ? Colour.Of(205 - (Math.Abs(hour - 12) * 6), 340, 30) : Colour.Of(24, 350, 16);
        picture.Fill(window - 4, 44, 80, 72, Colour.Grey(150 * light / 100));
        picture.Fill(window, 48, 34, 64, sky);
        picture.Fill(window + 38, 48, 34, 64, sky);

        Label(picture, 16, 16, deviceId.Length);
        Glyphs.Draw(picture, 16, 16, deviceId, Colour.Grey(200));
        Label(picture, ClockX, ClockY, 19);
        return picture;

        static void Label(Picture picture, int x, int y, int characters) =>
            picture.Fill(x - 4, y - 2, (characters * Glyphs.Advance) + 6, Glyphs.Height + 4, Colour.Grey(16));
    }

    private void DrawBall(Picture picture, long time)
    {
        // Across and back in 16 s, one bounce a second; whole numbers, even cells.
        var way = (int)(time % 16000);
        var across = (way < 8000 ? way : 16000 - way) * (Picture.Width - (4 * BallRadius)) / 8000;
        var beat = (int)(time % 1000);
        var rise = beat * (1000 - beat) * BallRise / 250000;
        picture.FillDisc(((2 * BallRadius) + across) & ~1, (FloorTop + 24 - rise) & ~1, BallRadius, Colour.Of(190, hue + 180, 55));
    }

    private static void DrawPerson(Picture picture, long time, MotionPeriod motion)
    {
        var progress = (time - motion.Start) / (double)Math.Max(1, motion.End - motion.Start);
        var x = (int)(progress * Picture.Width) & ~1;
        var stride = time / 400 % 2 == 0 ? 4 : 12;
        var clothes = Colour.Of(150, 110, 60);
        picture.Fill(x - stride - 6, 180, 12, 52, Colour.Grey(40));
        picture.Fill(x + stride - 6, 180, 12, 52, Colour.Grey(48));
        picture.Fill(x - 18, 114, 36, 70, clothes);
        picture.FillDisc(x, 98, 16, Colour.Of(190, 130, 24));
    }

    private static uint Hash(string text)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 2166136261;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619;
        }

        return hash;
    }

    private sealed record Background(int Hour, Picture Picture);
}
