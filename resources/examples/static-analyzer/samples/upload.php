<?php
/** Takes a picture, keeps it and shows it. */
declare(strict_types=1);

ini_set('display_errors', '1');
header('Access-Control-Allow-Origin: *');

$title = $_POST['title'] ?? '';
$folder = '/srv/pictures/';

$connection = new mysqli('db', 'shop', getenv('DB_PASSWORD'), 'shop');
$found = $connection->query("SELECT id FROM pictures WHERE title = '$title'");

$safe = $connection->prepare('SELECT id FROM pictures WHERE title = ?');
$safe->bind_param('s', $title);

$options = unserialize($_COOKIE['options']);
$target = $folder . basename($_FILES['picture']['name']);
move_uploaded_file($_FILES['picture']['tmp_name'], $target);

$size = intval($_GET['size']);
system("convert $target -resize $size $target");
system('identify ' . $_GET['file']);

$resetToken = md5(uniqid());

$client = curl_init('https://scanner.shop.internal/check');
curl_setopt($client, CURLOPT_SSL_VERIFYPEER, false);

include $_GET['page'] . '.php';
?>
<h1><?= $_POST['title'] ?></h1>
<p>It's stored as <?= htmlspecialchars($target) ?></p>
