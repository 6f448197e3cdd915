using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.SoraCam.Media.Jpeg;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// Pictures of a made-up camera at a device's port 554. The stream at <c>/public</c> is open, others want a user name and a password that
/// is not empty; the one at <c>/mjpeg</c> has a format that the service can't read.
/// </summary>
internal static class DeviceCamera
{
    private const int RtspPort = 554;

    public static Answer Rtsp(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        _ = body.Choice("command", "snapshot") ?? throw new VendorException(VendorErrors.Required, "command");
        var port = DeviceCalls.PortOf(body, RtspPort);
        var path = body.Text("path") ?? "/";
        var login = body.Object("authentication");
        var type = login?.Choice("type", "basic", "none") ?? "none";
        var password = type == "basic" ? login!.Value.Text("passwordCredentialsId") ?? login.Value.Text("password") : null;
        if (type == "basic")
        {
            login!.Value.RequiredText("username");
        }

        var target = body.Object("options")?.Object("destinations")?.Object("harvestFiles")?.RequiredText("filePath") is { } filePath ? FilesPart.Normal(filePath) : null;
        var files = target is null ? null : turn.Call.Data.Part<FilesPart>();
        if (!path.StartsWith('/'))
        {
            throw new VendorException(SimErrors.BadPayload, "path");
        }

        if (files?.Takes(target!) == false)
        {
            throw new VendorException(FileErrors.IsADirectory);
        }

        DeviceCalls.Connect(turn, port, RtspPort);
        if (path != "/public" && string.IsNullOrEmpty(password))
        {
            throw new VendorException(SimErrors.LoginRefused);
        }

        if (path == "/mjpeg")
        {
            throw new VendorException(SimErrors.NotH264);
        }

        var picture = new Picture();
        new Scene(turn.Sim.SimId, TimeSpan.Zero, _ => null).Draw(picture, turn.Now.ToUnixTimeMilliseconds());
        var snapshot = JpegEncoder.Encode(picture);
        files?.Put(target!, JpegEncoder.ContentType, snapshot, turn.Now);
        return Answer.Bytes(JpegEncoder.ContentType, snapshot);
    }
}
