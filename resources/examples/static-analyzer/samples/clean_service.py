"""The orders service again, the way it should be.

It once had ``os.system("ping " + host)`` and ``eval(request.args["formula"])``; both are gone.
"""
import ast
import hashlib
import hmac
import json
import os
import secrets
import ssl
import subprocess
import tempfile
from pathlib import Path

import requests
import yaml
from flask import Flask, abort, redirect, render_template, request, send_from_directory, url_for

app, db = Flask(__name__), None
ROOT = Path("/srv/invoices")
TABLE = "orders"
SORTS = {"date": "created_at", "total": "total"}
PAYMENT_API_KEY = os.environ["PAYMENT_API_KEY"]
API_KEY_HEADER = "X-Shop-Api-Key"
PASSWORD_RULES = "At least 12 characters, one of them a digit."
SECRET_NAME = "projects/shop/secrets/payment-key"


@app.get("/orders")
def orders():
    customer = request.args["customer"]
    sort = SORTS.get(request.args.get("sort"), "created_at")
    rows = db.execute(f"SELECT * FROM {TABLE} WHERE customer = ? ORDER BY {sort}", (customer,))
    limit = int(request.args.get("limit", 20))
    first = db.execute("SELECT * FROM orders LIMIT %d" % limit)
    return {"rows": rows, "first": first}


@app.post("/import")
def import_cart():
    cart = json.loads(request.data)
    defaults = yaml.load(request.files["defaults"], Loader=yaml.SafeLoader)
    more = yaml.safe_load(request.data)
    return {"cart": cart, "defaults": defaults, "more": more}


@app.get("/ping")
def ping():
    host = request.args["host"]
    subprocess.run(["ping", "-c", "1", host], check=True)
    subprocess.run("uptime | logger", shell=True, check=False)
    return "ok"


@app.get("/invoices/<name>")
def invoice(name):
    return send_from_directory(ROOT, name)


@app.get("/reports/<name>")
def report(name):
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT):
        abort(404)
    return path.open().read()


@app.get("/export/<kind>")
def export(kind):
    if kind not in ("csv", "json"):
        abort(400)
    return open("/srv/exports/orders." + kind).read()


@app.get("/formula")
def formula():
    return {"value": ast.literal_eval(request.args["formula"])}


def store_customer(email, password):
    salt = secrets.token_bytes(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)
    db.execute("INSERT INTO customers (email, password) VALUES (?, ?)", (email, salt + digest))


def etag(body):
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def is_signed(body, signature):
    key = os.environ["WEBHOOK_SECRET"].encode()
    return hmac.compare_digest(hmac.new(key, body, hashlib.sha256).hexdigest(), signature)


@app.post("/webhook")
def forward():
    context = ssl.create_default_context()
    answer = requests.post("https://erp.shop.internal/orders", json=request.get_json(), verify="ca.pem", timeout=5)
    return {"forwarded": answer.ok, "protocol": context.minimum_version}


@app.get("/status/<int:order_id>")
def status(order_id):
    answer = requests.get(f"https://erp.shop.internal/orders/{order_id}", timeout=5)
    return render_template("status.html", order=answer.json())


@app.get("/back")
def back():
    return redirect(url_for("orders"))


def scratch():
    with tempfile.NamedTemporaryFile() as file:
        return file.name


if __name__ == "__main__":
    app.run(debug=os.environ.get("APP_ENV") == "development")
